#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "store/store.hpp"
#include "unit/store/store_fixture.hpp"

// What a store does in a file and has no counterpart in another engine.
namespace nbasync::store_file_test {
namespace {

using nlohmann::json;
using testing::Counts;
using testing::integer;
using testing::kNull;
using testing::OpenStore;

constexpr const char* kToday = "2026-01-15";

class StoreFileTest : public testing::StoreFixture {};

// Triggers of the user's own may feed a full-text table, which only a trusted schema may.
TEST_F(StoreFileTest, TriggersThatFeedAFullTextTableAreObeyed) {
  OpenStore store(path_);
  SQLite::Database(path_, SQLite::OPEN_READWRITE)
      .exec(
          "CREATE VIRTUAL TABLE words USING fts5(game_id, status);"
          "CREATE TRIGGER feed AFTER INSERT ON todays_games BEGIN INSERT INTO words VALUES "
          "(new.game_id, new.game_status_text); END;"
          "CREATE TRIGGER weed AFTER DELETE ON todays_games BEGIN DELETE FROM words WHERE game_id "
          "= old.game_id; END;");
  EXPECT_THAT(apply(store, day("2026-01-15", {{"a", integer(1)}, {"b", integer(2)}})),
              Counts(2, 0, 0, 0));
  EXPECT_EQ(ask("SELECT count(*) FROM words WHERE words MATCH 'final'"), "2");
  EXPECT_THAT(apply(store, day("2026-01-15", {{"a", integer(1)}})), Counts(0, 0, 1, 1));
  EXPECT_EQ(ask("SELECT count(*) FROM words"), "1");
}

TEST_F(StoreFileTest, ACheckpointEmptiesTheLogUnlessAReaderHoldsItUp) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}}));
  SQLite::Database reader(path_, SQLite::OPEN_READONLY);
  SQLite::Statement reading(reader, "SELECT * FROM todays_games");
  ASSERT_TRUE(reading.executeStep());
  apply(store, day(kToday, {{"a", integer(2)}}));
  EXPECT_GT(store.checkpoint(), 0);
  reading.reset();
  EXPECT_EQ(store.checkpoint(), 0);
  EXPECT_EQ(log_bytes(), 0U);
}

TEST_F(StoreFileTest, TableOfThePredecessorsWithoutAPrimaryKeyIsListedToo) {
  tell("CREATE TABLE todays_games (game_id TEXT, game_date TEXT)");
  OpenStore store(path_);
  const auto found = rehearse(store, {day(kToday, {{"a", integer(1)}})});
  EXPECT_EQ(found.counts.at(0).inserted, 1);
  EXPECT_EQ(json::parse(found.changes.rows)["op"], "insert");
  EXPECT_EQ(json::parse(found.changes.rows)["key"]["game_id"], "a");
}

TEST_F(StoreFileTest, WhereTheDatabaseForbidsNullTheFeedTellsWhatIsStored) {
  tell("CREATE TABLE todays_games (game_id TEXT PRIMARY KEY, home_team_score INTEGER NOT NULL)");
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", kNull}}));
  EXPECT_EQ(json::parse(ask("SELECT after FROM nbasync_changes"))["home_team_score"], 0);
}

TEST_F(StoreFileTest, ANumberOfTheFeedIsNeverGivenAgain) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}}));
  tell("DELETE FROM todays_games");
  tell("DELETE FROM nbasync_changes");
  apply(store, day(kToday, {{"a", integer(1)}}));
  EXPECT_EQ(ask("SELECT seq FROM nbasync_changes"), "2");
}

}  // namespace
}  // namespace nbasync::store_file_test
