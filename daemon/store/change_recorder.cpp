#include "store/change_recorder.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "store/json_text.hpp"
#include "store/sql.hpp"

namespace nbasync {
namespace {

struct FreeChangeset {
  void operator()(void* changeset) const { sqlite3_free(changeset); }
};
struct EndIteration {
  void operator()(sqlite3_changeset_iter* change) const { sqlite3changeset_finalize(change); }
};

// An object of some of a row's cells: {"team_id":1,"city":"Boston"}.
class CellsText {
 public:
  CellsText(std::string& json, const char* name) : json_(json) {
    json_ += ",\"";
    json_ += name;
    json_ += "\":{";
  }
  void add(const std::string& column, sqlite3_value* cell) {
    if (!first_) json_ += ',';
    first_ = false;
    append_json_string(json_, column);
    json_ += ':';
    append_json_cell(json_, cell);
  }
  void end() { json_ += '}'; }

 private:
  std::string& json_;
  bool first_ = true;
};

const char* word_of(int op) {
  if (op == SQLITE_INSERT) return "insert";
  return op == SQLITE_DELETE ? "delete" : "update";
}

}  // namespace

ChangeRecorder::ChangeRecorder(SQLite::Database& db) : db_(db) {
  check(sqlite3session_create(db.getHandle(), "main", &session_));
  for (const Table* each : nbasync::tables()) {
    const std::string name(each->name);
    const auto columns = stored_columns(db, name);
    complete_ = complete_ && std::ranges::any_of(columns, [](const StoredColumn& column) {
                  return column.key > 0;
                });
    check(sqlite3session_attach(session_, name.c_str()));
  }
}

ChangeRecorder::~ChangeRecorder() { sqlite3session_delete(session_); }

RowChanges ChangeRecorder::changes() {
  int size = 0;
  void* bytes = nullptr;
  check(sqlite3session_changeset(session_, &size, &bytes));
  const std::unique_ptr<void, FreeChangeset> changeset(bytes);
  sqlite3_changeset_iter* start = nullptr;
  check(sqlite3changeset_start(&start, size, bytes));
  const std::unique_ptr<sqlite3_changeset_iter, EndIteration> change(start);

  RowChanges result;
  result.truncated = !complete_;
  int code = SQLITE_OK;
  while ((code = sqlite3changeset_next(change.get())) == SQLITE_ROW) {
    if (result.count >= kMostRows || result.rows.size() >= kMostBytes) {
      result.truncated = true;
      return result;
    }
    if (result.count++ > 0) result.rows += ',';
    append(result.rows, change.get());
  }
  if (code != SQLITE_DONE) check(code);
  return result;
}

void ChangeRecorder::append(std::string& rows, sqlite3_changeset_iter* change) {
  const char* table = nullptr;
  int width = 0;
  int op = 0;
  check(sqlite3changeset_op(change, &table, &width, &op, nullptr));
  unsigned char* is_key = nullptr;
  check(sqlite3changeset_pk(change, &is_key, nullptr));
  const auto& columns = columns_of(table);

  // Null where the cell is not told: an update tells its key, and what differs.
  const auto old_cell = [&](int column) {
    sqlite3_value* cell = nullptr;
    if (op != SQLITE_INSERT) check(sqlite3changeset_old(change, column, &cell));
    return cell;
  };
  const auto new_cell = [&](int column) {
    sqlite3_value* cell = nullptr;
    if (op != SQLITE_DELETE) check(sqlite3changeset_new(change, column, &cell));
    return cell;
  };
  const auto add_all = [&](const char* name, const auto& cell_of, bool with_key) {
    CellsText cells(rows, name);
    for (int c = 0; c < width; ++c) {
      auto* cell = with_key || is_key[c] == 0 ? cell_of(c) : nullptr;
      if (cell != nullptr) cells.add(columns.at(static_cast<std::size_t>(c)), cell);
    }
    cells.end();
  };

  rows += format("{{\"table\":\"{}\",\"op\":\"{}\"", table, word_of(op));
  CellsText key(rows, "key");
  for (int c = 0; c < width; ++c) {
    if (is_key[c] == 0) continue;
    key.add(columns.at(static_cast<std::size_t>(c)),
            op == SQLITE_INSERT ? new_cell(c) : old_cell(c));
  }
  key.end();
  if (op != SQLITE_INSERT) add_all("old", old_cell, op == SQLITE_DELETE);
  if (op != SQLITE_DELETE) add_all("new", new_cell, op == SQLITE_INSERT);
  rows += '}';
}

const std::vector<std::string>& ChangeRecorder::columns_of(const std::string& table) {
  auto& names = columns_[table];
  if (names.empty()) {
    for (auto& column : stored_columns(db_, table)) names.push_back(std::move(column.name));
  }
  return names;
}

void ChangeRecorder::check(int code) const {
  if (code != SQLITE_OK) throw SQLite::Exception(db_.getHandle(), code);
}

}  // namespace nbasync
