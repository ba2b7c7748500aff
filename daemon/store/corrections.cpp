#include "store/corrections.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/date.hpp"
#include "dataset/value.hpp"
#include "db/table_sql.hpp"
#include "schedule/zone.hpp"
#include "store/keyed_rows.hpp"

namespace nbasync {
namespace {

using Ids = std::vector<std::string>;

// The rows of these games; `select` ends before its WHERE.
void each_of(Connection& connection, const std::string& select, std::string_view column,
             const Ids& ids, const std::function<void(Row)>& row, const std::stop_token& stop) {
  const std::array key = {Column{column, Type::kText, true}};
  const auto sql = [&](std::size_t count) {
    return format("{} WHERE {}", select, table_sql::key_in(key, count));
  };
  each_of_keys(connection, sql, std::vector<Value>(ids.begin(), ids.end()), 1, row, stop);
}

// To the hour, as the manual promises it; began() of dataset, where there are no time zones, is
// an hour late in summer. A predecessor wrote a time of day behind the date.
std::optional<SystemTime> settled_at(const std::string& time_utc, const std::string& day) {
  if (const auto time = tip_off(time_utc)) return *time + Corrections::kUntilSettled;
  const auto date = parse_date(std::string_view(day).substr(0, 10));
  if (!date) return std::nullopt;
  const auto midnight = LocalTime((*date + std::chrono::days{1}).time_since_epoch());
  return league_zone().to_system(midnight) + Corrections::kUntilSettled;
}

std::set<std::string> settled(Connection& connection, const Ids& games, SystemTime now,
                              const std::stop_token& stop) {
  std::set<std::string> found;
  each_of(
      connection, "SELECT id, status, game_time_utc, game_date FROM games", "id", games,
      [&](Row row) {
        const auto at = settled_at(to_text(row[2]), to_text(row[3]));
        if (to_text(row[1]) == "final" && at && *at <= now) found.insert(to_text(row[0]));
      },
      stop);
  return found;
}

std::set<std::string> with_rows(Connection& connection, std::string_view table,
                                std::string_view column, const Ids& games,
                                const std::stop_token& stop) {
  std::set<std::string> found;
  each_of(
      connection, format("SELECT DISTINCT {} FROM {}", column, table), column, games,
      [&](Row row) { found.insert(to_text(row[0])); }, stop);
  return found;
}

}  // namespace

Corrections::Corrections(Connection& connection, const TableChange& change,
                         const Difference& difference, const std::set<std::string>& new_finals,
                         SystemTime now, const std::stop_token& stop)
    : change_(change) {
  const std::string_view column = game_column(*change.table);
  const auto keys = table_sql::key_names(change.rows.columns);
  const auto part = std::ranges::find(keys, column);
  if (part == keys.end()) return;
  game_ = change.rows.place(column);
  key_part_ = static_cast<std::size_t>(part - keys.begin());

  Ids games;
  for (const auto& gone : difference.deletes) games.push_back(game_of(gone));
  for (const auto& update : difference.updates) games.push_back(game_of(update.row));
  for (const auto row : difference.inserts) games.push_back(game_of(row));
  settled_ = settled(connection, games, now, stop);
  for (const auto& game : new_finals) settled_.erase(game);
  Ids fresh;
  for (const auto row : difference.inserts) {
    if (settled_.contains(game_of(row))) fresh.push_back(game_of(row));
  }
  had_rows_ = with_rows(connection, change.table->name, column, fresh, stop);
}

std::string Corrections::game_of(std::size_t row) const {
  return to_string(change_.rows.cells[row * change_.rows.columns.size() + *game_]);
}

std::string Corrections::game_of(const Difference::Delete& gone) const {
  return to_string(gone.key[key_part_]);
}

bool Corrections::inserted(std::size_t row) const {
  return game_ && had_rows_.contains(game_of(row));
}

bool Corrections::updated(const Difference::Update& update) const {
  const bool was_known = !std::ranges::all_of(update.before, is_null);
  return game_ && was_known && settled_.contains(game_of(update.row));
}

std::set<std::string> Corrections::finals(const Difference& difference) const {
  std::set<std::string> games;
  if (change_.table != &kGamesTable) return games;
  const auto& columns = change_.rows.columns;
  const auto status = change_.rows.place("status");
  for (const auto& update : difference.updates) {
    if (std::ranges::find(update.columns, status) == update.columns.end()) continue;
    if (change_.rows.cells[update.row * columns.size() + status] == Value(std::string("final"))) {
      games.insert(game_of(update.row));
    }
  }
  return games;
}

bool Corrections::deleted(const Difference::Delete& gone) const {
  return game_ && settled_.contains(game_of(gone));
}

}  // namespace nbasync
