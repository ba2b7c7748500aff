#include "db/sqlite_columns.hpp"

#include <utility>

namespace nbasync {

const std::vector<StoredColumn>& SqliteColumns::of(std::string_view table) {
  const auto now = version();
  if (std::exchange(version_, now) != now) known_.clear();
  const auto found = known_.find(table);
  if (found != known_.end()) return found->second;
  return known_[std::string(table)] = ask(table);
}

std::int64_t SqliteColumns::version() {
  if (!ask_version_) ask_version_.emplace(db_, "PRAGMA schema_version");
  const ResetAtEnd reset(*ask_version_);
  ask_version_->step();
  return to_integer(ask_version_->row()[0]);
}

std::vector<StoredColumn> SqliteColumns::ask(std::string_view table) {
  if (!ask_columns_) {
    ask_columns_.emplace(db_,
                         "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk FROM "
                         "pragma_table_info($1)");
  }
  const ResetAtEnd reset(*ask_columns_);
  const Value name = std::string(table);
  ask_columns_->bind(1, name);
  std::vector<StoredColumn> columns;
  while (ask_columns_->step()) {
    const auto row = ask_columns_->row();
    columns.push_back({to_text(row[0]), to_text(row[1]), to_integer(row[2]) != 0,
                       to_integer(row[3]) != 0, static_cast<int>(to_integer(row[4]))});
  }
  return columns;
}

}  // namespace nbasync
