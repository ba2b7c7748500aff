#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "model/season_type.hpp"

namespace nbasync {

// A game as the table `games` has it.
struct StoredGame {
  std::string date;      // the league's day
  std::string time_utc;  // empty: not known
  std::optional<std::int64_t> home_team;
  std::optional<std::int64_t> away_team;
  std::optional<std::int64_t> home_score;
  std::optional<std::int64_t> away_score;
  std::string status;
  std::optional<bool> is_neutral;
  bool is_scheduled = true;  // a schedule has told of it, and not the logs alone
};

// A game as the scoreboard's table has it.
struct BoardGame {
  std::string date;
  std::int64_t code = 0;
  std::string text;
  std::optional<std::int64_t> home_score;
  std::optional<std::int64_t> away_score;
};

// What the two lines of a game say of its end.
struct LoggedGame {
  std::map<std::int64_t, std::int64_t> points;  // by team
  bool over = false;                            // both have a winner
};

// What is remembered of a part of a table, or of a game, from run to run.
struct Remembered {
  std::optional<SystemTime> checked_at;  // an answer was taken
  std::string claim;                     // what was not believed; empty: nothing
  std::optional<SystemTime> claimed_at;  // for the first time
  std::int64_t claims = 0;               // how often in a row
};

// Rows by game.
using LineCounts = std::unordered_map<std::string, std::int64_t>;

// What the tables of games know of a season.
struct GameFacts {
  std::string season;                                 // "2025-26"
  std::unordered_map<std::string, StoredGame> games;  // of the NBA and the season, by id
  std::unordered_map<std::string, LoggedGame> logs;   // likewise, of team_game_logs
  std::unordered_map<std::string, BoardGame> board;   // of todays_games, whatever season
  std::map<std::int64_t, std::string> abbreviations;  // of the logs, by team
};

// What the database knows of a season, as far as requests, decoding and guards need it.
struct SeasonFacts : GameFacts {
  SystemTime now{};               //
  bool in_force = true;           // the season of today
  bool force = false;             // the guards accept all
  std::vector<SeasonType> types;  // that are wanted (sync.season_types)

  LineCounts lines;  // of Dataset.lines
  // Of the dataset's table of averages: team or player, and split.
  std::set<std::pair<std::int64_t, std::string>> stat_rows;
  std::set<std::int64_t> teams_of_season;  // of nba_teams, with this season
  std::string newest_season;               // that has standings or teams
  std::set<std::int64_t>
      rostered;                // players who are stored with a team, a number or a roster's place
  std::string newest_players;  // the season that `players` is of
  bool has_players = false;    // players are stored with this season
  std::unordered_map<std::string, Remembered> remembered;  // by scope
  std::string dataset;                                     // for which this was read
};

// The year it starts in.
int start_year(const SeasonFacts& facts);

// When a game began, at the latest: a day without a time is over five hours after midnight UTC.
SystemTime began(const StoredGame& game);

// Whether the game is over, and began a day ago or longer: upstream has had the time to tell all.
bool is_settled(const StoredGame& game, SystemTime now);

// How many games of this type are settled.
std::size_t settled_games(const SeasonFacts& facts, SeasonType type);

// Names a type's part of a table: "team_game_logs 2025-26 playoffs".
std::string scope_name(std::string_view table, const SeasonFacts& facts, SeasonType type);

// The types of `among` to ask for: those of which a game is live or final; all of them while
// nothing is known of the season. A play-in or a Cup that is over and has its lines, so many a game
// at least, is asked for once a week, by what is remembered of this table.
std::vector<SeasonType> types_to_ask(const SeasonFacts& facts, std::vector<SeasonType> among,
                                     std::string_view table, std::int64_t lines_a_game = 2);

// Of types that are played in a few days, upstream may have nothing.
constexpr bool is_of_a_few_days(SeasonType type) {
  return type == SeasonType::kPlayIn || type == SeasonType::kCup;
}

// Whether this type is of a few days and over for good, with these lines of its games,
// so that it need not be asked for each time.
bool is_closed(const SeasonFacts& facts, SeasonType type, const LineCounts& lines,
               std::int64_t lines_a_game = 2);

}  // namespace nbasync
