#include "store/change_feed.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using testing::integer;
using testing::kNull;
using testing::OpenStore;
using testing::real;
using testing::text;

constexpr const char* kToday = "2026-01-15";
constexpr const char* kGame = "0022500001";

class ChangeFeedTest : public testing::StoreFixture {
 protected:
  static constexpr std::array kGameColumns = {Column{"id", Type::kText, true}, Column{"season"},
                                              Column{"home_score", Type::kInteger},
                                              Column{"game_pace", Type::kReal}, Column{"status"}};
  static constexpr std::array kLogColumns = {Column{"game_id", Type::kText, true},
                                             Column{"team_id", Type::kInteger, true},
                                             Column{"season"}, Column{"team_pts", Type::kInteger}};

  // Nobody's but this game's row.
  static TableChange game(Value score, const char* status = "final", Value pace = {}) {
    return {&kGamesTable,
            {kGameColumns,
             {text(kGame), text("2025-26"), std::move(score), std::move(pace), text(status)}},
            {"season = $1", {text("2025-26")}, "2025-26"}};
  }
  static TableChange lines(const std::vector<std::pair<std::int64_t, std::int64_t>>& points) {
    TableChange change{
        kGameLogs.tables[0], {kLogColumns, {}}, {"season = $1", {text("2025-26")}, "2025-26"}};
    for (const auto& [team, score] : points) {
      change.rows.cells.insert(change.rows.cells.end(),
                               {text(kGame), integer(team), text("2025-26"), integer(score)});
    }
    return change;
  }
  // A row of `games` as the schedule knows it.
  void schedule(const char* status, const char* time, const char* date = kToday) {
    tell(
        format("DELETE FROM games; INSERT INTO games (id, season, status, home_score, game_date, "
               "game_time_utc) VALUES ('{}', '2025-26', '{}', 100, '{}', {})",
               kGame, status, date, time == nullptr ? "NULL" : format("'{}'", time)));
  }
  std::vector<json> feed(std::int64_t since = 0) {
    std::vector<json> list;
    const Value from[] = {since};
    testing::TestDatabase(path_).connect_reader()->each(
        "SELECT seq, run_id, changed_at, table_name, row_key, change, before, after, is_correction "
        "FROM nbasync_changes WHERE seq > $1 ORDER BY seq",
        from,
        [&](Row row) {
          const auto parsed = [](const Cell& cell) {
            return cell.index() == 0 ? json() : json::parse(to_text(cell));
          };
          list.push_back({{"seq", to_integer(row[0])},
                          {"run", to_text(row[1])},
                          {"at", to_text(row[2])},
                          {"table", to_text(row[3])},
                          {"key", parsed(row[4])},
                          {"change", to_text(row[5])},
                          {"before", parsed(row[6])},
                          {"after", parsed(row[7])},
                          {"correction", to_integer(row[8])}});
        },
        {});
    return list;
  }
  std::int64_t size() { return std::stoll(ask("SELECT count(*) FROM nbasync_changes")); }
  bool last_is_correction() {
    return ask("SELECT is_correction FROM nbasync_changes ORDER BY seq DESC LIMIT 1") == "1";
  }
};

TEST_F(ChangeFeedTest, TellsEachRowThatIsWritten) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(2)}, {"same", integer(3)}}));
  store.begin("run-2", {});
  now_ += std::chrono::minutes(1);
  apply(store, day(kToday, {{"a", integer(4)}, {"c", kNull}, {"same", integer(3)}}));
  const auto rows = feed(3);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], json::parse(R"({"seq": 4, "run": "run-2", "at": "2026-01-15T12:01:00Z",
      "table": "todays_games", "key": {"game_id": "b"}, "change": "delete", "after": null,
      "before": {"game_id": "b", "game_date": "2026-01-15", "home_team_score": 2,
                 "game_status_text": "Final"}, "correction": 0})"));
  EXPECT_EQ(rows[1], json::parse(R"({"seq": 5, "run": "run-2", "at": "2026-01-15T12:01:00Z",
      "table": "todays_games", "key": {"game_id": "a"}, "change": "update",
      "before": {"home_team_score": 1}, "after": {"home_team_score": 4}, "correction": 0})"));
  EXPECT_EQ(rows[2]["change"], "insert");
  EXPECT_EQ(rows[2]["before"], json());
  EXPECT_EQ(rows[2]["after"], json::parse(R"({"game_id": "c", "game_date": "2026-01-15",
      "home_team_score": null, "game_status_text": "Final"})"));
}

// A commit whose answer is lost is made again, and finds everything there.
TEST_F(ChangeFeedTest, WhatWasWrittenIsToldAlsoIfOnlyTheSecondAnswerComes) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"earlier", integer(1)}}));
  std::set<std::string> finals;
  store.look([&](Connection& connection) {
    ChangeFeed feed(connection, "run-2", finals);
    const auto change = day("2026-01-16", {{"a", integer(1)}, {"b", integer(2)}});
    const auto write = [&] {
      connection.change(
          [&] {
            feed.start(now_, {});
            const auto found = difference(connection, change, {});
            feed.add(change, found, ChangeFeed::Reason::kAnswer);
            return Batch{{found.batch(change), feed.batch()}, format_utc(now_)};
          },
          {});
    };
    write();
    write();
    write();
    EXPECT_THAT(feed.told(), ElementsAre(DataChange{"run-2", "todays_games", 2, 3, 2, 0, 0}));
  });
  EXPECT_EQ(size(), 3);
}

TEST_F(ChangeFeedTest, WhatIsNotWrittenIsNotTold) {
  OpenStore store(path_);
  const auto change = day(kToday, {{"a", integer(1)}, {"b", integer(2)}});
  rehearse(store, {change});
  EXPECT_EQ(size(), 0) << "a dry run";
  apply(store, change);
  ASSERT_EQ(size(), 2);
  apply(store, change);
  EXPECT_EQ(size(), 2) << "the same again";
  EXPECT_THROW(apply(store, Decoded{{day("2026-01-16", {{"c", integer(1)}}), day(kToday, {})}, {}}),
               Error);
  EXPECT_EQ(size(), 2) << "a change that is refused undoes the one before";
  std::vector<std::string> ids;
  for (int i = 0; i < 500; ++i) ids.push_back(format("{}", i));
  std::vector<Game> games;
  for (const auto& id : ids) games.push_back({id.c_str(), integer(1)});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(apply(store, day("2026-01-16", games), stop.get_token()), Error);
  EXPECT_EQ(size(), 2) << "a stop request undoes it";
}

TEST_F(ChangeFeedTest, AFirstLoadOfMuchIsOneRow) {
  OpenStore store(path_);
  std::vector<std::string> ids;
  for (int i = 0; i < 1'001; ++i) ids.push_back(format("{:04}", i));
  std::vector<Game> games;
  for (const auto& id : ids) games.push_back({id.c_str(), integer(1)});
  apply(store, day("2026-01-14", {games.begin(), games.end() - 1}));
  EXPECT_EQ(size(), 1'000) << "so many are told one by one";
  tell("DELETE FROM todays_games; DELETE FROM nbasync_changes WHERE seq < 1000");
  apply(store, day(kToday, games));
  const auto rows = feed(1'000);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["change"], "load");
  EXPECT_EQ(rows[0]["key"], (json{{"scope", std::string("todays_games ") + kToday}}));
  EXPECT_EQ(rows[0]["after"], (json{{"count", 1'001}}));
  EXPECT_EQ(rows[0]["seq"], 1'001);
}

TEST_F(ChangeFeedTest, MuchInAScopeThatHasRowsIsToldOneByOne) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"old", integer(1)}}));
  std::vector<std::string> ids;
  for (int i = 0; i < 1'100; ++i) ids.push_back(format("{:04}", i));
  std::vector<Game> games;
  for (const auto& id : ids) games.push_back({id.c_str(), integer(1)});
  auto change = day(kToday, games);
  change.complete = false;  // so that the answer itself does not show that there is a row
  apply(store, change);
  EXPECT_EQ(size(), 1'101);
}

TEST_F(ChangeFeedTest, AClockAloneIsNotTold) {
  OpenStore store(path_);
  const Table& table = *kTodaysGames.tables[0];
  const auto at = [&](const char* words, int period, const char* clock, int score) {
    TableChange change{&table, {table.columns, {}}, {"game_date = $1", {text(kToday)}, kToday}};
    change.rows.cells.resize(table.columns.size());
    const auto set = [&](std::string_view name, Value value) {
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (table.columns[c].name == name) change.rows.cells[c] = std::move(value);
      }
    };
    set("game_id", text(kGame));
    set("game_date", text(kToday));
    set("game_status_text", text(words));
    set("game_status_code", integer(2));
    set("period", integer(period));
    set("game_clock", text(clock));
    set("home_team_score", integer(score));
    return change;
  };
  int told = 0;
  store.on_change([&](const DataChange&) { ++told; });
  apply(store, at("Q3 4:10", 3, "PT04M10.00S", 70));
  EXPECT_EQ(size(), 1);
  EXPECT_EQ(apply(store, at("Q3 3:55", 3, "PT03M55.00S", 70)).updated, 1);
  EXPECT_EQ(apply(store, at("End Q3", 3, "", 70)).updated, 1);
  EXPECT_EQ(apply(store, at("Q4 12:00", 4, "PT12M00.00S", 70)).updated, 1);
  EXPECT_EQ(size(), 1);
  EXPECT_EQ(told, 1);
  apply(store, at("Q4 11:40", 4, "PT11M40.00S", 72));
  EXPECT_EQ(size(), 2);
  EXPECT_EQ(feed().back()["after"]["home_team_score"], 72);
  apply(store, at("Final", 4, "", 72));
  EXPECT_EQ(size(), 3) << "the text of an end is no clock, whatever the code";
  EXPECT_EQ(feed().back()["before"]["game_status_text"], "Q4 11:40");
}

TEST_F(ChangeFeedTest, AnotherWordAboutASettledGameIsACorrection) {
  OpenStore store(path_);
  schedule("final", "2026-01-15T03:00:00Z");  // nine hours before now_
  now_ -= std::chrono::seconds(1);
  apply(store, game(integer(101)));
  EXPECT_FALSE(last_is_correction()) << "not settled yet";
  now_ += std::chrono::seconds(1);
  apply(store, game(integer(102)));
  EXPECT_TRUE(last_is_correction());
  apply(store, game(integer(102), "final", real(98.5)));
  EXPECT_FALSE(last_is_correction()) << "what was not known is filled in";
  apply(store, game(integer(102), "final", real(98.6)));
  EXPECT_TRUE(last_is_correction());
}

TEST_F(ChangeFeedTest, AGameThatWasNotFinalIsNotCorrected) {
  OpenStore store(path_);
  schedule("live", "2026-01-14T00:00:00Z");
  apply(store, game(integer(101), "final"));
  EXPECT_FALSE(last_is_correction()) << "as it was before the transaction";
  apply(store, game(integer(102), "final"));
  EXPECT_FALSE(last_is_correction()) << "the same run goes on telling of its end";
  apply(store, lines({{1, 100}}));
  apply(store, lines({{1, 102}}));
  EXPECT_FALSE(last_is_correction()) << "and so do its lines";
  store.begin("the next run", {});
  apply(store, game(integer(103), "final"));
  EXPECT_TRUE(last_is_correction());
}

TEST_F(ChangeFeedTest, WithoutATimeTheEndOfTheDayInNewYorkCounts) {
  OpenStore store(path_);
  schedule("final", nullptr, "2026-01-14");  // which ends at 05:00 UTC
  now_ = *parse_utc("2026-01-15T13:59:59Z");
  apply(store, game(integer(101)));
  EXPECT_FALSE(last_is_correction());
  now_ = *parse_utc("2026-01-15T14:00:00Z");
  apply(store, game(integer(102)));
  EXPECT_TRUE(last_is_correction());
  schedule("final", "1900-01-01T19:00:00Z", "2026-07-14T00:00:00");  // as a predecessor wrote
  now_ = *parse_utc("2026-07-15T12:59:59Z");
  apply(store, game(integer(103)));
  EXPECT_FALSE(last_is_correction());
  now_ = *parse_utc("2026-07-15T13:00:00Z");  // it ends an hour earlier in summer
  apply(store, game(integer(104)));
  EXPECT_TRUE(last_is_correction());
}

TEST_F(ChangeFeedTest, TheFirstLinesOfAGameAreNoCorrectionHoweverLate) {
  OpenStore store(path_);
  schedule("final", "2026-01-10T00:00:00Z");
  apply(store, lines({{1, 100}}));
  EXPECT_FALSE(last_is_correction());
  apply(store, lines({{1, 100}, {2, 90}}));
  EXPECT_TRUE(last_is_correction()) << "one more beside it is";
  apply(store, lines({{1, 100}, {2, 91}}));
  EXPECT_TRUE(last_is_correction());
  apply(store, lines({{1, 100}}));
  EXPECT_TRUE(last_is_correction());
  EXPECT_EQ(feed().back()["change"], "delete");
}

TEST_F(ChangeFeedTest, OldRowsThatGoAreToldButNoCorrection) {
  OpenStore store(path_);
  schedule("final", "2026-01-01T00:00:00Z");
  apply(store, day("2026-01-01", {{kGame, integer(1)}}));
  apply(store, Decoded{{day(kToday, {{"b", integer(1)}})},
                       {{kTodaysGames.tables[0], {"game_date < $1", {text("2026-01-08")}, ""}}}});
  EXPECT_EQ(feed().back()["change"], "delete");
  EXPECT_EQ(feed().back()["before"]["home_team_score"], 1);
  EXPECT_FALSE(last_is_correction());
}

// An answer that knows some of the table's columns.
TEST_F(ChangeFeedTest, ARowThatGoesIsToldWhole) {
  OpenStore store(path_);
  schedule("scheduled", "2026-01-20T00:00:00Z");
  tell("INSERT INTO games (id, season) VALUES ('0022500002', '2025-26')");
  auto other = game(integer(1));
  other.rows.cells[0] = text("0022500002");
  apply(store, other);
  const auto gone = feed().front();
  ASSERT_EQ(gone["change"], "delete");
  ASSERT_EQ(gone["before"].size(), kGamesTable.columns.size());
  EXPECT_EQ(gone["before"]["game_time_utc"], "2026-01-20T00:00:00Z");
}

TEST_F(ChangeFeedTest, ARangeOfEachTableIsToldOnceItIsWritten) {
  OpenStore store(path_);
  std::vector<DataChange> told;
  store.on_change([&](const DataChange& change) {
    EXPECT_GE(size(), change.last_seq);
    told.push_back(change);
  });
  store.begin("run-1", {});
  apply(store, Decoded{{game(integer(1)), lines({{1, 100}, {2, 90}})}, {}});
  apply(store, Decoded{{game(integer(1)), lines({{1, 101}, {3, 90}})}, {}});
  rehearse(store, {game(integer(2))});
  EXPECT_THAT(told, ElementsAre(DataChange{"run-1", "games", 1, 1, 1, 0, 0},
                                DataChange{"run-1", "team_game_logs", 2, 3, 2, 0, 0},
                                DataChange{"run-1", "team_game_logs", 4, 6, 1, 1, 1}));
}

// What a hook is for.
TEST_F(ChangeFeedTest, WhoIsToldKnowsTheDatasetAndHowManyRowsAreCorrections) {
  OpenStore store(path_);
  schedule("final", "2026-01-10T00:00:00Z");
  std::vector<DataChange> told;
  store.on_change([&](const DataChange& change) { told.push_back(change); });
  facts_.season = "2025-26";
  store.read(kGameLogs, facts_, {});
  apply(store, lines({{1, 100}, {2, 90}}));
  apply(store, lines({{1, 101}, {2, 91}}));
  EXPECT_THAT(told, ElementsAre(DataChange{"", "team_game_logs", 1, 2, 2, 0, 0, 0, "game_logs"},
                                DataChange{"", "team_game_logs", 3, 4, 0, 2, 0, 2, "game_logs"}));
}

}  // namespace
}  // namespace nbasync
