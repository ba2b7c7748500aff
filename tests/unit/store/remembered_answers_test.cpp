#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

using testing::Counts;
using testing::integer;

constexpr const char* kRemembered = "2026-01-15";

class RememberedAnswersTest : public testing::StoreFixture {};

TEST_F(RememberedAnswersTest, TheSameAnswerNeedsNoDecoding) {
  Store store(path_, {});
  EXPECT_FALSE(is_known(store, "body"));
  apply(store, day(kRemembered, {{"a", integer(1)}, {"b", integer(2)}}));
  const std::vector<std::string> bodies = {"body"};
  const auto counts = store.if_unchanged(kTodaysGames, context_, {requests_, bodies});
  ASSERT_TRUE(counts);
  EXPECT_THAT(*counts, Counts(0, 0, 2, 0));
}

TEST_F(RememberedAnswersTest, OutliveTheStore) {
  { apply(*std::make_unique<Store>(path_, StoreOptions{}), day(kRemembered, {{"a", integer(1)}})); }
  Store store(path_, {});
  EXPECT_TRUE(is_known(store, "body"));
}

TEST_F(RememberedAnswersTest, AnotherAnswerIsNews) {
  Store store(path_, {});
  apply(store, day(kRemembered, {{"a", integer(1)}}));
  EXPECT_FALSE(is_known(store, "bodY"));
}

TEST_F(RememberedAnswersTest, EveryAnswerOfADatasetCounts) {
  Store store(path_, {});
  requests_ = kTeams.requests("2025-26");
  const std::vector<std::string> bodies = {"one", "two"};
  const std::vector<std::string> others = {"one", "other"};
  store.apply(kTeams, context_, {}, {requests_, bodies}, now_, {});
  EXPECT_TRUE(store.if_unchanged(kTeams, context_, {requests_, bodies}));
  EXPECT_FALSE(store.if_unchanged(kTeams, context_, {requests_, others}));
}

TEST_F(RememberedAnswersTest, ANewDecodingMakesThemNews) {
  Store store(path_, {});
  apply(store, day(kRemembered, {{"a", integer(1)}}));
  Dataset newer = kTodaysGames;
  ++newer.decoding_version;
  const std::vector<std::string> bodies = {"body"};
  EXPECT_FALSE(store.if_unchanged(newer, context_, {requests_, bodies}));
}

TEST_F(RememberedAnswersTest, AnotherSeasonMakesThemNews) {
  Store store(path_, {});
  apply(store, day(kRemembered, {{"a", integer(1)}}));
  context_.season = "2024-25";
  EXPECT_FALSE(is_known(store, "body"));
}

TEST_F(RememberedAnswersTest, OtherHomeTeamsMakeThemNews) {
  Store store(path_, {});
  const auto asked = kGameLogs.requests("2025-26");
  const std::vector<std::string> bodies = {"base", "advanced", "misc"};
  const auto known = [&] {
    return store.if_unchanged(kGameLogs, store.context(kGameLogs, "2025-26"), {asked, bodies})
        .has_value();
  };
  store.apply(kGameLogs, store.context(kGameLogs, "2025-26"), {}, {asked, bodies}, now_, {});
  EXPECT_TRUE(known());
  tell("INSERT INTO games (id, season, home_team_id) VALUES ('a', '2025-26', 7)");
  EXPECT_FALSE(known());
}

TEST_F(RememberedAnswersTest, HomeTeamsThatTheSyncItselfStoredAreNoNews) {
  Store store(path_, {});
  const auto asked = kGameLogs.requests("2025-26");
  const std::vector<std::string> bodies = {"base", "advanced", "misc"};
  const std::array columns = {Column{"id", Type::kText, true}, Column{"season"},
                              Column{"home_team_id", Type::kInteger}};
  Decoded decoded;
  decoded.changes.push_back({&kGamesTable,
                             {columns, {testing::text("a"), testing::text("2025-26"), integer(7)}},
                             "2025-26",
                             false,
                             false});
  store.apply(kGameLogs, store.context(kGameLogs, "2025-26"), decoded, {asked, bodies}, now_, {});
  EXPECT_TRUE(store.if_unchanged(kGameLogs, store.context(kGameLogs, "2025-26"), {asked, bodies}));
}

TEST_F(RememberedAnswersTest, AreForgottenWhenRowsAreGone) {
  Store store(path_, {});
  apply(store, day(kRemembered, {{"a", integer(1)}, {"b", integer(2)}}));
  tell("DELETE FROM todays_games WHERE game_id = 'a'");
  EXPECT_FALSE(is_known(store, "body"));
}

TEST_F(RememberedAnswersTest, AnAnswerWithoutChangesIsRememberedToo) {
  Store store(path_, {});
  EXPECT_THAT(apply(store, Decoded{}), Counts(0, 0, 0, 0));
  EXPECT_TRUE(is_known(store, "body"));
}

}  // namespace
}  // namespace nbasync
