#include "store/prepared.hpp"

namespace nbasync {

Prepared::Prepared(SQLite::Database& db, const std::string& sql) : db_(db.getHandle()) {
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr));
  statement_.reset(statement);
}

void Prepared::bind(int index, const Value& value) {
  sqlite3_stmt* statement = statement_.get();
  if (const auto* text = std::get_if<std::string>(&value)) {
    bind(index, *text);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    check(sqlite3_bind_int64(statement, index, *integer));
  } else if (const auto* real = std::get_if<double>(&value)) {
    check(sqlite3_bind_double(statement, index, *real));
  } else {
    check(sqlite3_bind_null(statement, index));
  }
}

void Prepared::bind(int index, const std::string& text) {
  check(sqlite3_bind_text(statement_.get(), index, text.data(), static_cast<int>(text.size()),
                          SQLITE_STATIC));
}

bool Prepared::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw SQLite::Exception(db_, code);
}

int Prepared::run() {
  const ResetAtEnd reset(*this);
  step();
  return sqlite3_changes(db_);
}

void Prepared::check(int code) const {
  if (code != SQLITE_OK) throw SQLite::Exception(db_, code);
}

}  // namespace nbasync
