#include "check/whole_checks.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "base/format.hpp"
#include "base/text.hpp"
#include "check/found.hpp"
#include "dataset/catalog.hpp"
#include "dataset/season_facts.hpp"
#include "store/view_schema.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;

std::int64_t count_of(Connection& connection, const std::string& sql, std::span<const Value> values,
                      const std::stop_token& stop) {
  std::int64_t count = 0;
  connection.each(
      sql, values, [&](const Row& row) { count = to_integer(row[0]); }, stop);
  return count;
}

// A board's row is kept for days; its game must not be.
CheckAnswer live_past_day(Connection& connection, SystemTime now, const std::stop_token& stop) {
  constexpr hours kLongestGame{6};
  Found found("games that the scoreboard's table still shows as live");
  connection.each(
      "SELECT game_id, game_date FROM todays_games WHERE game_status_code = 2 AND game_id LIKE "
      "'00%' ORDER BY game_id",
      {},
      [&](const Row& row) {
        StoredGame game;
        game.date = to_text(row[1]).substr(0, 10);
        if (began(game) <= now - kLongestGame) {
          found.add(format("{} of {}", excerpt(to_text(row[0])), game.date));
        }
      },
      stop);
  return found.answer("no game of a past day is shown as live", "nbasyncctl sync todays_games");
}

// Rows of other leagues, which a predecessor stored. No sync touches them.
CheckAnswer leftovers(Connection& connection, SystemTime, const std::stop_token& stop) {
  Found found("rows whose ids are not of the NBA");
  std::int64_t rows = 0;
  std::string statement;
  for (const Table* table : tables()) {
    const auto column = game_column(*table);
    if (column.empty()) continue;
    const auto count = count_of(connection, leftovers_count(*table, column), {}, stop);
    if (count == 0) continue;
    rows += count;
    found.add(format("{} of {}", count, table->name));
    statement += format("{}DELETE FROM {} WHERE {} NOT LIKE '00%';", statement.empty() ? "" : " ",
                        table->name, column);
  }
  auto answer = found.answer("all games are the NBA's",
                             "they are left of a program that was here before, and no sync touches "
                             "them; the statement removes them");
  answer.count = rows;
  answer.statement = std::move(statement);
  return answer;
}

// A run of ours is closed at the next start; the one that is under way is younger.
CheckAnswer open_runs(Connection& connection, SystemTime now, const std::stop_token& stop) {
  const auto where = format("status = 'started' AND (requested_at IS NULL OR requested_at < '{}')",
                            format_utc(now - hours{24}));
  const auto count =
      count_of(connection, "SELECT count(*) FROM data_sync_log WHERE " + where, {}, stop);
  if (count == 0) return well("no run of the log is open");
  auto answer = finding(format("runs of data_sync_log that began and never ended: {}", count),
                        "they are shown as interrupted; the statement writes that down");
  answer.count = count;
  answer.statement = "UPDATE data_sync_log SET status = 'interrupted' WHERE " + where + ";";
  return answer;
}

// What somebody else calls by that name stays.
CheckAnswer own_views(Connection& connection, SystemTime, const std::stop_token& stop) {
  Found found("views of nbasyncd that are not there as they should be");
  for (const auto& name : view_schema::strangers(connection, stop)) found.add(name);
  return found.answer("the views are there",
                      "what is not ours stays; rename it, or drop what needs an old one, and "
                      "restart the daemon");
}

constexpr WholeCheck kWholeChecks[] = {
    {"live-past-day", live_past_day},
    {"leftovers", leftovers},
    {"open-runs", open_runs},
    {"views", own_views},
};

}  // namespace

std::string leftovers_count(const Table& table, std::string_view column) {
  return format("SELECT count(*) FROM {0} WHERE {1} < '00' OR {1} >= '01'", table.name, column);
}

std::span<const WholeCheck> whole_checks() { return kWholeChecks; }

}  // namespace nbasync
