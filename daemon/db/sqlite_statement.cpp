#include "db/sqlite_statement.hpp"

#include <cstddef>

#include "base/format.hpp"

namespace nbasync {
namespace {

constexpr int kMostParameters = 32'766;  // SQLite's own limit

std::size_t size_of(sqlite3_value* value) {
  return static_cast<std::size_t>(sqlite3_value_bytes(value));
}

// The cell is looked up once, and its value asked: that takes half as long as sqlite3_column_…,
// and may be done on a connection that has no mutex.
Cell read_cell(sqlite3_stmt* statement, int column) {
  auto* value = sqlite3_column_value(statement, column);
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_value_int64(value)};
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      return std::string_view(text, size_of(value));
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
      return Blob{{bytes, size_of(value)}};
    }
    default:
      return {};
  }
}

}  // namespace

SqliteStatement::SqliteStatement(SQLite::Database& db, std::string_view sql) : db_(db.getHandle()) {
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr));
  statement_.reset(statement);
  int unknown = sqlite3_bind_parameter_count(statement);
  for (int number = 1; unknown > 0 && number <= kMostParameters; ++number) {
    places_.push_back(sqlite3_bind_parameter_index(statement, format("${}", number).c_str()));
    if (places_.back() != 0) --unknown;
  }
}

void SqliteStatement::bind(std::span<const Value> values) {
  for (std::size_t i = 0; i < values.size(); ++i) bind(static_cast<int>(i + 1), values[i]);
}

void SqliteStatement::bind(int number, const Value& value) {
  const auto index = static_cast<std::size_t>(number - 1);
  const int place = index < places_.size() ? places_[index] : 0;
  if (place == 0) return;
  sqlite3_stmt* statement = statement_.get();
  if (const auto* text = std::get_if<std::string>(&value)) {
    check(sqlite3_bind_text(statement, place, text->data(), static_cast<int>(text->size()),
                            SQLITE_STATIC));
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    check(sqlite3_bind_int64(statement, place, *integer));
  } else if (const auto* real = std::get_if<double>(&value)) {
    check(sqlite3_bind_double(statement, place, *real));
  } else {
    check(sqlite3_bind_null(statement, place));
  }
}

bool SqliteStatement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw SQLite::Exception(db_, code);
}

void SqliteStatement::reset() noexcept {
  sqlite3_reset(statement_.get());
  names_.clear();  // the next step may see another schema
}

Row SqliteStatement::row() {
  sqlite3_stmt* statement = statement_.get();
  if (names_.empty()) {
    const int columns = sqlite3_column_count(statement);
    for (int c = 0; c < columns; ++c) names_.emplace_back(sqlite3_column_name(statement, c));
    cells_.resize(names_.size());
  }
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    cells_[c] = read_cell(statement, static_cast<int>(c));
  }
  return {cells_, names_};
}

int SqliteStatement::run() {
  const ResetAtEnd reset(*this);
  while (step()) {
  }
  return sqlite3_changes(db_);
}

void SqliteStatement::check(int code) const {
  if (code != SQLITE_OK) throw SQLite::Exception(db_, code);
}

}  // namespace nbasync
