#include "support/predecessor_file.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cctype>
#include <random>

#include "support/predecessor_traits.hpp"

namespace nbasync::testing {
namespace {

using Declarations = std::vector<std::pair<std::string, std::string>>;

// "name declaration;", each: replaces the columns that are there, adds the others.
void declare(Declarations& all, std::string_view columns) {
  while (!columns.empty()) {
    const auto column = columns.substr(0, columns.find(';'));
    columns.remove_prefix(column.size() + 1);
    const std::string name(column.substr(0, column.find(' ')));
    const std::string declaration(column.substr(name.size() + 1));
    const auto known = std::ranges::find(all, name, &Declarations::value_type::first);
    if (known == all.end()) {
      all.emplace_back(name, declaration);
    } else {
      known->second = declaration;
    }
  }
}

std::string cased(std::string name, bool upper) {
  if (upper) {
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
  }
  return name;
}

std::string create(const PredecessorTable& table, const std::set<std::string>& traits) {
  const bool upper = traits.contains(std::string(kOtherCase));
  Declarations columns;
  declare(columns, table.columns);
  std::string constraints;
  for (const auto& trait : traits_of_tables()) {
    if (trait.table != table.name || !traits.contains(std::string(trait.name))) continue;
    declare(columns, trait.columns);
    constraints += trait.constraints;
  }
  std::string sql = "CREATE TABLE " + cased(std::string(table.name), upper) + " (";
  for (const auto& [name, declaration] : columns) {
    sql += (sql.ends_with('(') ? "" : ", ") + cased(name, upper) + " " + declaration;
  }
  if (!table.key.empty()) sql += ", PRIMARY KEY (" + std::string(table.key) + ")";
  const bool rowid = table.key.empty() || !traits.contains(std::string(kWithoutRowid));
  return sql + constraints + (rowid ? ")" : ") WITHOUT ROWID");
}

// Runs of the log and games of other seasons: as many as the seed says, with what it says.
void add_random_rows(SQLite::Database& db, unsigned seed) {
  std::mt19937 random(seed);
  const auto any = [&](std::initializer_list<const char*> words) {
    return *(words.begin() + random() % words.size());
  };
  SQLite::Statement run(
      db,
      "INSERT INTO data_sync_log (run_id, sync_type, status, started_at, "
      "completed_at, duration_seconds, error_message) VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (auto n = random() % 40; n > 0; --n) {
    run.bind(1, "random-" + std::to_string(random()));
    run.bind(2, any({"full", "teams", "schedule", "team_profiles", "", "game logs"}));
    run.bind(3, any({"started", "success", "failed"}));
    run.bind(4, any({"2026-01-02T06:00:00Z", "2026-01-02 06:00:00", "", "then", "1900-01-01"}));
    run.bind(5, any({"2026-01-02T06:00:00.5+00:00", "2026-13-45T99:00:00Z", ""}));
    run.bind(6, any({"0.5", "soon"}));
    run.bind(7, any({"", "no such host", "\xc3\xa9\xff", "a\nb"}));
    run.exec();
    run.reset();
  }
  SQLite::Statement game(db,
                         "INSERT INTO games (id, season, game_date, home_team_id, away_team_id, "
                         "home_score, status, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, "
                         "'then', 'then')");
  for (auto n = 2 + random() % 40; n > 1; --n) {
    game.bind(1, any({"002", "004", "152", "102", "x"}) + std::to_string(2'000'000 + 17 * n));
    game.bind(2, any({"2024-25", "2023-24", "22025", ""}));
    game.bind(3, any({"2025-01-02T00:00:00", "2025-01-02", "soon"}));
    game.bind(4, static_cast<std::int64_t>(random()));
    game.bind(5, any({"1610612744", "BOS"}));
    game.bind(6, any({"101", "101.5", "many", ""}));
    game.bind(7, any({"Final", "Final   ", "", "3"}));
    game.exec();
    game.reset();
  }
}

std::string rows(SQLite::Database& db, const std::string& sql) {
  SQLite::Statement statement(db, sql);
  std::string all;
  while (statement.executeStep()) {
    for (int c = 0; c < statement.getColumnCount(); ++c) {
      all += (c == 0 ? "" : "|") + statement.getColumn(c).getString();
    }
    all += '\n';
  }
  return all;
}

struct TableOfOurs {
  const char* name;
  const char* key;
  const char* foreign;  // the rows that no sync may touch
};
constexpr TableOfOurs kOurs[] = {
    {"nba_teams", "team_id", "team_id < 1000"},
    {"games", "id", "id NOT LIKE '00%' OR season IS NOT '2025-26'"},
    {"team_game_logs", "game_id || ' ' || team_id",
     "game_id NOT LIKE '00%' OR season IS NOT '2025-26'"},
    {"standings", "team_id || ' ' || season", "season IS NOT '2025-26'"},
    {"team_season_stats", "team_id || ' ' || season || ' ' || split_type",
     "season IS NOT '2025-26' OR split_type NOT IN ('overall', 'home', 'away')"},
    {"todays_games", "game_id", "game_id NOT LIKE '00%'"},
    {"league_averages", "season", "season IS NOT '2025-26'"},
    {"players", "player_id", "false"},
    {"player_game_logs", "game_id || ' ' || player_id", "season IS NOT '2025-26'"},
    {"player_season_stats", "player_id || ' ' || season || ' ' || split_type",
     "season IS NOT '2025-26'"},
    {"data_sync_log", "id", "id <= "},
};

std::string quoted(const std::string& name) { return '"' + name + '"'; }

// Cell by cell, so that columns may come.
void add_cells(SQLite::Database& db, const TableOfOurs& table, const std::string& where,
               std::map<std::string, std::string>& all) {
  SQLite::Statement info(db, "SELECT name, type FROM pragma_table_xinfo(?)");
  info.bind(1, table.name);
  while (info.executeStep()) {
    const auto name = info.getColumn(0).getString();
    const std::string column = std::string(table.name) + "." + name;
    all[column] = info.getColumn(1).getString();
    SQLite::Statement cells(db, std::string("SELECT ") + table.key + ", quote(" + quoted(name) +
                                    ") FROM " + table.name + " WHERE " + where);
    while (cells.executeStep()) {
      all[column + " of " + cells.getColumn(0).getString()] = cells.getColumn(1).getString();
    }
  }
}

}  // namespace

std::vector<std::string> predecessor_traits() {
  std::vector<std::string> names;
  for (const auto& trait : traits_of_tables()) names.emplace_back(trait.name);
  return names;
}

void make_predecessor_file(const std::string& path, const std::set<std::string>& traits,
                           unsigned seed) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec("PRAGMA synchronous = OFF");
  for (const auto& table : plain_tables()) {
    db.exec(create(table, traits));
    db.exec(std::string(table.rows));
  }
  for (const auto& trait : traits_of_tables()) {
    if (traits.contains(std::string(trait.name))) db.exec(std::string(trait.then));
  }
  add_random_rows(db, seed);
}

std::map<std::string, std::string> not_ours(const std::string& path, long log_rows) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  std::map<std::string, std::string> all;
  for (const auto& table : kOurs) {
    std::string where = table.foreign;
    if (where.ends_with("<= ")) where += std::to_string(log_rows);
    add_cells(db, table, where, all);
  }
  SQLite::Statement schema(db,
                           "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT "
                           "LIKE 'nbasync%' AND name NOT LIKE 'sqlite%'");
  while (schema.executeStep()) {
    const auto type = schema.getColumn(0).getString();
    const auto name = schema.getColumn(1).getString();
    const bool ours = std::ranges::any_of(kOurs, [&](const TableOfOurs& table) {
      return cased(table.name, true) == cased(name, true);
    });
    if (ours || name == "response_hashes") continue;
    all[type + ' ' + name] = schema.getColumn(2).getString();
    if (type != "table") continue;
    std::string columns;
    SQLite::Statement info(db, "SELECT name FROM pragma_table_xinfo(?)");
    info.bind(1, name);
    while (info.executeStep()) {
      columns += (columns.empty() ? "quote(" : ", quote(") + quoted(info.getColumn(0)) + ")";
    }
    all["rows of " + name] = rows(db, "SELECT " + columns + " FROM " + quoted(name));
  }
  return all;
}

}  // namespace nbasync::testing
