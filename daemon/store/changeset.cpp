#include "store/changeset.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "store/json_text.hpp"
#include "store/sql.hpp"

namespace nbasync {
namespace {

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

// Turns changes into text; knows the names of the tables' columns.
class ChangeText {
 public:
  explicit ChangeText(SQLite::Database& db) : db_(db) {}

  void append(std::string& rows, sqlite3_changeset_iter* change);
  void check(int code) const {
    if (code != SQLITE_OK) throw SQLite::Exception(db_.getHandle(), code);
  }

 private:
  const std::vector<std::string>& columns_of(const std::string& table);

  SQLite::Database& db_;
  std::map<std::string, std::vector<std::string>> columns_;  // their names, by table
};

void ChangeText::append(std::string& rows, sqlite3_changeset_iter* change) {
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

const std::vector<std::string>& ChangeText::columns_of(const std::string& table) {
  auto& names = columns_[table];
  if (names.empty()) {
    for (auto& column : stored_columns(db_, table)) names.push_back(std::move(column.name));
  }
  return names;
}

// SQLite takes the bytes as void* and reads them only.
void* readable(const std::string& bytes) { return const_cast<char*>(bytes.data()); }

int leave_out(void*, int, sqlite3_changeset_iter*) { return SQLITE_CHANGESET_OMIT; }

}  // namespace

void Changeset::apply(SQLite::Database& db) const {
  if (bytes.empty()) return;
  const int code = sqlite3changeset_apply(db.getHandle(), static_cast<int>(bytes.size()),
                                          readable(bytes), nullptr, &leave_out, nullptr);
  if (code != SQLITE_OK) throw SQLite::Exception(db.getHandle(), code);
}

RowChanges Changeset::rows(SQLite::Database& db) const {
  ChangeText text(db);
  sqlite3_changeset_iter* start = nullptr;
  text.check(sqlite3changeset_start(&start, static_cast<int>(bytes.size()), readable(bytes)));
  const std::unique_ptr<sqlite3_changeset_iter, EndIteration> change(start);

  RowChanges result;
  result.truncated = !complete;
  int code = SQLITE_OK;
  while ((code = sqlite3changeset_next(change.get())) == SQLITE_ROW) {
    if (result.count >= kMostRows || result.rows.size() >= kMostBytes) {
      result.truncated = true;
      return result;
    }
    if (result.count++ > 0) result.rows += ',';
    text.append(result.rows, change.get());
  }
  if (code != SQLITE_DONE) text.check(code);
  return result;
}

}  // namespace nbasync
