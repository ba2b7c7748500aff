#include "store/migrations.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "dataset/views.hpp"
#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

using testing::Counts;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using ::testing::IsSupersetOf;
using testing::kNull;
using testing::OpenStore;

class MigrationsTest : public testing::StoreFixture {
 protected:
  std::set<std::string> names(const std::string& query, const std::string& value) const {
    SQLite::Database db(path_, SQLite::OPEN_READONLY);
    SQLite::Statement asked(db, query);
    asked.bind(1, value);
    std::set<std::string> names;
    while (asked.executeStep()) names.insert(asked.getColumn(0).getString());
    return names;
  }
  std::set<std::string> columns(const std::string& table) const {
    return names("SELECT name FROM pragma_table_info(?)", table);
  }
  std::set<std::string> indexes() const {
    return names("SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB ?",
                 "nbasync_*");
  }
};

// As the predecessor may have made it: a key of its own, fewer columns, others that we do not know.
constexpr const char* kPredecessor =
    "CREATE TABLE todays_games (id INTEGER PRIMARY KEY AUTOINCREMENT, game_id TEXT NOT NULL, "
    "game_date DATE, home_team_score INTEGER NOT NULL DEFAULT 0, odds REAL NOT NULL, "
    "bookmaker VARCHAR(20) NOT NULL, seen_at TIMESTAMP NOT NULL);"
    "INSERT INTO todays_games VALUES (5, 'a', '2026-01-15', 48, 1.5, 'x', 'now');"
    "CREATE TABLE players (name TEXT);"
    "INSERT INTO players VALUES ('Curry');";

TEST_F(MigrationsTest, ANewFileHasEveryTableAndItsVersion) {
  { OpenStore store(path_); }
  EXPECT_EQ(ask("PRAGMA user_version"), "2");
  EXPECT_EQ(ask("PRAGMA journal_mode"), "wal");
  for (const Table* table : tables()) {
    std::set<std::string> expected;
    for (const Column& column : table->columns) expected.insert(std::string(column.name));
    EXPECT_THAT(columns(std::string(table->name)), IsSupersetOf(expected)) << table->name;
  }
  EXPECT_THAT(columns("data_sync_log"), IsSupersetOf({"id",
                                                      "run_id",
                                                      "sync_type",
                                                      "season",
                                                      "status",
                                                      "triggered_by",
                                                      "requested_at",
                                                      "started_at",
                                                      "completed_at",
                                                      "duration_seconds",
                                                      "thread_id",
                                                      "records_synced",
                                                      "inserted_count",
                                                      "updated_count",
                                                      "unchanged_count",
                                                      "deleted_count",
                                                      "request_count",
                                                      "bytes_received",
                                                      "error_code",
                                                      "error_message",
                                                      "note"}));
}

TEST_F(MigrationsTest, OpeningAgainWritesNothing) {
  { OpenStore store(path_); }
  const std::string before = file_bytes();
  { OpenStore store(path_); }
  EXPECT_EQ(file_bytes(), before);
}

TEST_F(MigrationsTest, ThePredecessorsTablesGetWhatTheyLackAndKeepWhatTheyHave) {
  tell(kPredecessor);
  { OpenStore store(path_); }
  EXPECT_THAT(columns("todays_games"), IsSupersetOf({"id", "odds", "bookmaker", "game_clock",
                                                     "season", "game_type", "synced_at"}));
  EXPECT_EQ(ask("SELECT name FROM players"), "Curry");
  EXPECT_EQ(ask("SELECT id || odds || bookmaker FROM todays_games"), "51.5x");
}

TEST_F(MigrationsTest, RowsAreAddedDespiteColumnsThatMustNotBeNull) {
  tell(kPredecessor);
  OpenStore store(path_);
  EXPECT_THAT(
      apply(store, day("2026-01-15", {{"a", integer(48)}, {"b", integer(2)}, {"c", kNull}})),
      Counts(2, 1, 0, 0));
  EXPECT_EQ(ask("SELECT odds || '/' || bookmaker || '/' || seen_at || '/' || id FROM todays_games "
                "WHERE game_id = 'b'"),
            "0.0///6");
  EXPECT_EQ(ask("SELECT odds FROM todays_games WHERE game_id = 'a'"), "1.5");
  EXPECT_EQ(ask("SELECT home_team_score FROM todays_games WHERE game_id = 'c'"), "0");
  EXPECT_THAT(
      apply(store, day("2026-01-15", {{"a", integer(48)}, {"b", integer(2)}, {"c", kNull}})),
      Counts(0, 0, 3, 0));
}

TEST_F(MigrationsTest, NumbersStoredInOtherFormsAreEqual) {
  tell(
      "CREATE TABLE todays_games (game_id TEXT PRIMARY KEY, game_date TEXT, "
      "home_team_score TEXT, game_status_text TEXT);"
      "INSERT INTO todays_games VALUES ('a', '2026-01-15', '48', 'Final'), "
      "('b', '2026-01-15', '48.0', 'Final'), ('c', '2026-01-15', x'34', 'Final')");
  OpenStore store(path_);
  EXPECT_THAT(
      apply(store, day("2026-01-15", {{"a", integer(48)}, {"b", integer(48)}, {"c", integer(5)}})),
      Counts(0, 1, 2, 0));
}

TEST_F(MigrationsTest, RowsWithoutAKeyGoWithACompleteChange) {
  tell(
      "CREATE TABLE todays_games (game_id TEXT UNIQUE, game_date TEXT);"
      "INSERT INTO todays_games VALUES (NULL, '2026-01-15'), (NULL, '2026-01-15')");
  OpenStore store(path_);
  EXPECT_THAT(apply(store, day("2026-01-15", {{"a", integer(1)}})), Counts(1, 0, 0, 2));
}

TEST_F(MigrationsTest, AKeyOfTwoColumnsMayBeUniqueInAnyOrder) {
  tell(
      "CREATE TABLE team_game_logs (id INTEGER PRIMARY KEY, Team_ID INTEGER, game_id TEXT, "
      "UNIQUE (Team_ID, game_id))");
  { OpenStore store(path_); }
  EXPECT_EQ(ask("SELECT count(*) FROM pragma_index_list('team_game_logs') WHERE \"unique\""), "1");
}

TEST_F(MigrationsTest, AKeyWithoutUniquenessGetsIt) {
  tell("CREATE TABLE team_game_logs (id INTEGER PRIMARY KEY, team_id INTEGER, game_id TEXT)");
  { OpenStore store(path_); }
  EXPECT_EQ(ask("SELECT count(*) FROM pragma_index_list('team_game_logs') WHERE \"unique\""), "1");
}

TEST_F(MigrationsTest, RowsThatShareAKeyAreRefusedByNameAndNothingIsChanged) {
  tell(
      "CREATE TABLE team_game_logs (team_id INTEGER, game_id TEXT);"
      "INSERT INTO team_game_logs VALUES (1, 'a'), (1, 'a')");
  const Error error = error_of([&] { OpenStore{path_}; });
  EXPECT_EQ(error.code(), Errc::kStorage);
  EXPECT_THAT(error.what(), HasSubstr("team_game_logs"));
  EXPECT_THAT(error.what(), HasSubstr("(game_id, team_id)"));
  EXPECT_EQ(ask("PRAGMA user_version"), "0");
  EXPECT_EQ(ask("SELECT count(*) FROM sqlite_schema"), "1");
}

TEST_F(MigrationsTest, ThePredecessorsLogKeepsItsRowsAndLosesItsConstraints) {
  tell(
      "CREATE TABLE data_sync_log (id INTEGER PRIMARY KEY AUTOINCREMENT, sync_type TEXT NOT NULL, "
      "status TEXT NOT NULL CHECK (status IN ('started', 'success', 'failed')), "
      "started_at TEXT NOT NULL, \"odd \"\"name\" TEXT NOT NULL);"
      "INSERT INTO data_sync_log VALUES (3, 'full', 'success', 'then', 'kept'), "
      "(290, 'teams', 'started', 'later', 'kept');"
      "CREATE INDEX by_type ON data_sync_log (sync_type);"
      "CREATE TRIGGER noted AFTER INSERT ON data_sync_log BEGIN SELECT 1; END;"
      "CREATE VIEW recent AS SELECT status FROM data_sync_log");
  { OpenStore store(path_); }
  EXPECT_EQ(ask("SELECT group_concat(id || status || \"odd \"\"name\") FROM data_sync_log"),
            "3successkept,290startedkept");
  EXPECT_EQ(ask("SELECT count(*) FROM data_sync_log WHERE run_id IS NULL"), "2");
  EXPECT_EQ(ask("SELECT count(*) FROM sqlite_schema WHERE name IN ('by_type', 'noted')"), "2");
  EXPECT_EQ(ask("SELECT count(*) FROM recent"), "2");
  tell("INSERT INTO data_sync_log (run_id, status) VALUES ('new', 'cancelled')");
  EXPECT_EQ(ask("SELECT id FROM data_sync_log WHERE run_id = 'new'"), "291");
  EXPECT_THROW(tell("INSERT INTO data_sync_log (run_id) VALUES ('new')"), SQLite::Exception);
}

TEST_F(MigrationsTest, ADroppedTableIsThereAgainAfterTheNextStart) {
  { OpenStore store(path_); }
  tell("DROP TABLE todays_games; DROP TABLE nbasync_decisions; DROP INDEX nbasync_games_date");
  { OpenStore store(path_); }
  EXPECT_THAT(columns("todays_games"), IsSupersetOf({"game_id", "synced_at"}));
  EXPECT_THAT(columns("nbasync_decisions"), IsSupersetOf({"reason"}));
  EXPECT_EQ(ask("SELECT count(*) FROM sqlite_schema WHERE name = 'nbasync_games_date'"), "1");
}

// The recipe of daemon/README.md: a column is a line. What that line does to a database that lacks
// the column, for every column of every table.
TEST_F(MigrationsTest, AColumnThatADatabaseLacksIsThereAfterTheNextStart) {
  { OpenStore store(path_); }
  // The next one of every table.
  const auto drop = [&](std::size_t next) {
    std::vector<std::pair<std::string, std::string>> dropped;
    for (const Table* table : tables()) {
      if (next >= table->columns.size() || table->columns[next].key) continue;
      dropped.emplace_back(table->name, table->columns[next].name);
      tell(format("ALTER TABLE {} DROP COLUMN {}", table->name, table->columns[next].name));
    }
    return dropped;
  };
  std::size_t most = 0;
  for (const Table* table : tables()) most = std::max(most, table->columns.size());
  for (std::size_t next = 0; next < most; ++next) {
    for (const auto& view : views()) tell(format("DROP VIEW {}", view.name));
    for (const auto& index : indexes()) tell("DROP INDEX " + index);
    const auto dropped = drop(next);
    { OpenStore store(path_); }
    for (const auto& [table, column] : dropped) {
      EXPECT_TRUE(columns(table).contains(column)) << table << "." << column;
    }
  }
}

TEST_F(MigrationsTest, AColumnThatAnotherProgramTookIsThereAgainAndItsOwnStay) {
  { OpenStore store(path_); }
  tell(
      "ALTER TABLE games ADD COLUMN \"my note\" TEXT DEFAULT 'none'; "
      "ALTER TABLE games RENAME COLUMN arena TO hall; ALTER TABLE data_sync_log DROP COLUMN season;"
      "CREATE TABLE notes (words); CREATE INDEX by_hall ON games (hall);"
      "INSERT INTO games (id, hall) VALUES ('0022500001', 'Garden')");
  { OpenStore store(path_); }
  EXPECT_THAT(columns("games"), IsSupersetOf({"my note", "arena", "hall"}));
  EXPECT_THAT(columns("data_sync_log"), IsSupersetOf({"season"}));
  EXPECT_EQ(ask("SELECT hall || \"my note\" || (arena IS NULL) FROM games"), "Gardennone1");
  EXPECT_EQ(ask("SELECT count(*) FROM sqlite_schema WHERE name IN ('notes', 'by_hall')"), "2");
}

TEST_F(MigrationsTest, EveryTableAndIndexThatWasDroppedIsThereAfterTheNextStart) {
  { OpenStore store(path_); }
  const std::string all =
      "SELECT group_concat(name || sql) FROM (SELECT * FROM sqlite_schema WHERE sql IS NOT NULL "
      "AND name NOT LIKE 'sqlite%' ORDER BY name)";
  const auto whole = ask(all);
  SQLite::Database db(path_, SQLite::OPEN_READWRITE);
  std::vector<std::string> drops;
  SQLite::Statement each(db,
                         "SELECT 'DROP ' || type || ' ' || name FROM sqlite_schema WHERE sql IS "
                         "NOT NULL AND name NOT LIKE 'sqlite%'");
  while (each.executeStep()) drops.push_back(each.getColumn(0));
  each.reset();
  ASSERT_GT(drops.size(), 15U);
  for (const auto& drop : drops) {
    db.exec(drop);
    { OpenStore store(path_); }
    EXPECT_EQ(ask(all), whole) << drop;
  }
}

TEST_F(MigrationsTest, AStartWithoutChangesNeitherWritesNorWaitsForAnotherProgram) {
  { OpenStore store(path_); }
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  const auto bytes = file_bytes();
  const auto log = log_bytes();
  DatabaseOptions impatient;
  impatient.busy_timeout = impatient.reader_busy_timeout = std::chrono::milliseconds(0);
  EXPECT_NO_THROW(OpenStore(path_, impatient)) << "it would have waited";
  EXPECT_EQ(file_bytes(), bytes);
  EXPECT_EQ(log_bytes(), log);
}

TEST_F(MigrationsTest, ATableOfOursThatIsAViewIsRefusedByNameAndNothingIsChanged) {
  tell("CREATE TABLE kept (season, ppg); CREATE VIEW league_averages AS SELECT * FROM kept");
  const Error error = error_of([&] { OpenStore{path_}; });
  EXPECT_EQ(error.code(), Errc::kStorage);
  EXPECT_THAT(error.what(), HasSubstr("league_averages is a view"));
  EXPECT_EQ(ask("SELECT count(*) FROM sqlite_schema"), "2");
}

TEST_F(MigrationsTest, ALogThatGivesNoIdsOfItsOwnGetsThem) {
  tell(
      "CREATE TABLE Data_Sync_Log (run_id TEXT, ID INT PRIMARY KEY, status TEXT, "
      "tries INTEGER DEFAULT 3) WITHOUT ROWID;"
      "INSERT INTO data_sync_log VALUES ('b', 7, 'success', 1), ('a', 5, 'failed', 2)");
  { OpenStore store(path_); }
  tell("INSERT INTO data_sync_log (run_id) VALUES ('new')");
  EXPECT_EQ(ask("SELECT group_concat(id || run_id || tries) FROM (SELECT * FROM data_sync_log "
                "ORDER BY id)"),
            "5a2,7b1,8new3");
}

TEST_F(MigrationsTest, AColumnOfTheLogWhoseNameSaysCheckIsNoConstraint) {
  const std::string log =
      "CREATE TABLE data_sync_log (id INTEGER PRIMARY KEY, checked_at TEXT NOT NULL DEFAULT 'x')";
  tell(log);
  { OpenStore store(path_); }
  EXPECT_THAT(ask("SELECT sql FROM sqlite_schema WHERE name = 'data_sync_log'"),
              HasSubstr("checked_at TEXT NOT NULL DEFAULT 'x'"));
}

// 0.1 looked at the version alone, and asks for its table of hashes.
TEST_F(MigrationsTest, ADatabaseOf01CanBeGoneBackTo) {
  tell(
      "CREATE TABLE response_hashes (request TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, "
      "decoding_version INTEGER NOT NULL, context TEXT NOT NULL, scope TEXT, "
      "row_count INTEGER NOT NULL) WITHOUT ROWID;"
      "INSERT INTO response_hashes VALUES ('teams', 'abc', 1, 'x', NULL, 30);"
      "PRAGMA user_version = 2");
  { OpenStore store(path_); }
  EXPECT_EQ(ask("PRAGMA user_version"), "2");
  EXPECT_EQ(ask("SELECT count(*) FROM response_hashes"), "0") << "it would hide needed writes";
}

TEST_F(MigrationsTest, RunIdsThatOccurTwiceAreNoReasonToRefuse) {
  tell(
      "CREATE TABLE data_sync_log (id INTEGER PRIMARY KEY, run_id TEXT, status TEXT NOT NULL);"
      "INSERT INTO data_sync_log VALUES (1, 'retry', 'failed'), (2, 'retry', 'success'), "
      "(3, NULL, 'started')");
  { OpenStore store(path_); }
  EXPECT_EQ(ask("SELECT group_concat(id || coalesce(run_id, '-') || status) FROM data_sync_log"),
            "1retryfailed,2retrysuccess,3-started");
}

}  // namespace
}  // namespace nbasync
