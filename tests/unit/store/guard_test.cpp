#include "store/guard.hpp"

#include "unit/store/store_fixture.hpp"

namespace nbasync::guard_test {
namespace {

using testing::error_of;
using ::testing::HasSubstr;
using testing::text;

constexpr std::array kColumns = {Column{"id", Type::kText, true}, Column{"score", Type::kInteger}};
constexpr Table kTable = {"lines", kColumns, "", ""};

// An answer of `rows` rows about a scope that has `stored`, of which those in `lost` are missing.
struct Case {
  std::size_t rows = 0;
  std::size_t stored = 0;
  std::vector<std::string> lost = {};
  Expectation guard = {};
  SeasonFacts facts = {};
  std::vector<std::vector<Value>> spared = {};
  bool complete = true;
  Judgement judgement = {};
  Difference found = {};

  // What is deleted in the end.
  std::vector<std::string> judged() {
    TableChange change{&kTable, {kColumns, std::vector<Value>(rows * 2)}, {"", {}, "lines x"}};
    change.guard = guard;
    change.spared = spared;
    change.complete = complete;
    found = {};
    found.stored = stored;
    for (const auto& id : lost) found.deletes.push_back({{Value(id)}, {}});
    judgement = {};
    judge(change, facts, found, judgement);
    std::vector<std::string> gone;
    for (const auto& row : found.deletes) gone.push_back(std::get<std::string>(row.key[0]));
    return gone;
  }
  Error refusal() {
    return error_of([&] { judged(); });
  }
  // The next run, so much later, that finds the same.
  void remember(std::chrono::hours later) {
    for (const auto& [about, claim] : judgement.claims) {
      auto& known = facts.remembered[about];
      if (known.claim != claim) known = {{}, claim, facts.now, 0};
      ++known.claims;
    }
    facts.now += later;
  }
};

std::vector<std::string> ids(std::size_t count) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back("row" + std::to_string(i));
  return result;
}

TEST(GuardTest, AnAnswerThatHasAllIsTaken) {
  Case same{.rows = 300, .stored = 300};
  EXPECT_TRUE(same.judged().empty());
  EXPECT_EQ(same.judgement.note, "");
  EXPECT_TRUE(same.judgement.claims.empty());
}

TEST(GuardTest, NothingReplacesNothing) {
  Case empty{.rows = 0, .stored = 3, .lost = ids(3)};
  const auto error = empty.refusal();
  EXPECT_EQ(error.code(), Errc::kUpstreamEmpty);
  EXPECT_THAT(error.what(), HasSubstr("lines x: upstream answered without rows, where there must "
                                      "be 3"));
  Case fresh{.rows = 0, .stored = 0};
  fresh.guard.rows = 2;  // a game ended yesterday
  EXPECT_EQ(fresh.refusal().code(), Errc::kUpstreamEmpty);
  fresh.facts.force = true;
  EXPECT_EQ(fresh.refusal().code(), Errc::kUpstreamEmpty) << "not even by force";
  fresh.guard.rows = 0;
  EXPECT_TRUE(fresh.judged().empty());
}

TEST(GuardTest, AShortAnswerIsRefusedWithItsFigures) {
  Case cut{.rows = 246, .stored = 2460, .lost = ids(2214)};
  const auto error = cut.refusal();
  EXPECT_EQ(error.code(), Errc::kUpstreamShort);
  EXPECT_THAT(error.what(), HasSubstr("246 rows, and 2214 of 2460 are missing"));
  Case fresh{.rows = 246, .stored = 0};
  fresh.guard.rows = 2460;
  EXPECT_EQ(fresh.refusal().code(), Errc::kUpstreamShort);
}

TEST(GuardTest, AFewOfManyAreKeptAndNoted) {
  Case few{.rows = 2455, .stored = 2460, .lost = ids(5)};
  EXPECT_TRUE(few.judged().empty());
  EXPECT_EQ(few.judgement.note, "lines x: upstream lacks 5 of 2460 rows, which stay");
  Case more{.rows = 2410, .stored = 2460, .lost = ids(50)};  // over two in a hundred
  EXPECT_EQ(more.refusal().code(), Errc::kUpstreamShort);
  Case less{.rows = 2412, .stored = 2460, .lost = ids(48)};
  EXPECT_TRUE(less.judged().empty());
}

TEST(GuardTest, InASmallScopeNoneMayBeMissing) {
  Case small{.rows = 11, .stored = 12, .lost = ids(1)};
  EXPECT_EQ(small.refusal().code(), Errc::kUpstreamShort);
  Case teams{.rows = 299, .stored = 300, .lost = ids(1)};
  teams.guard.each = true;
  EXPECT_EQ(teams.refusal().code(), Errc::kUpstreamShort);
}

TEST(GuardTest, WhatMayGoGoesWithoutLimit) {
  Case games{.rows = 0, .stored = 100, .lost = ids(100)};
  games.guard.may_go = [](const SeasonFacts&, std::span<const Value>) { return true; };
  EXPECT_EQ(games.judged().size(), 100U);
  games.lost = ids(3);
  games.rows = 97;
  games.guard.may_go = [](const SeasonFacts&, std::span<const Value> key) {
    return key[0] == text("row1");
  };
  EXPECT_EQ(games.refusal().code(), Errc::kUpstreamShort);
}

TEST(GuardTest, ARowThatCannotBeReadIsNotMissing) {
  Case odd{.rows = 11, .stored = 12, .lost = ids(1), .spared = {{text("row0")}}};
  EXPECT_TRUE(odd.judged().empty());
  EXPECT_EQ(odd.judgement.note, "");
}

TEST(GuardTest, TheSameLossInThreeRunsOverADayIsBelieved) {
  Case lasting{.rows = 110, .stored = 120, .lost = ids(10)};
  lasting.facts.now = *parse_utc("2026-01-15T12:00:00Z");
  EXPECT_EQ(lasting.refusal().code(), Errc::kUpstreamShort);
  lasting.remember(std::chrono::hours{1});
  EXPECT_EQ(lasting.refusal().code(), Errc::kUpstreamShort);
  lasting.remember(std::chrono::hours{1});
  EXPECT_EQ(lasting.refusal().code(), Errc::kUpstreamShort) << "three runs, but of two hours";
  lasting.remember(std::chrono::hours{22});
  EXPECT_EQ(lasting.judged().size(), 10U);
  EXPECT_THAT(lasting.judgement.note, HasSubstr("the same 10 of 120 rows since 2026-01-15T12:00"));
  ASSERT_EQ(lasting.judgement.claims.size(), 1U);
  EXPECT_EQ(lasting.judgement.claims[0].claim, "") << "and forgotten";
}

TEST(GuardTest, AnotherLossOrALargeOneIsNot) {
  Case lasting{.rows = 110, .stored = 120, .lost = ids(10)};
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(lasting.refusal().code(), Errc::kUpstreamShort);
    lasting.remember(std::chrono::hours{24});
  }
  lasting.lost.back() = "another";
  EXPECT_EQ(lasting.refusal().code(), Errc::kUpstreamShort);

  Case large{.rows = 96, .stored = 120, .lost = ids(24)};  // a fifth
  for (int run = 0; run < 5; ++run) {
    EXPECT_EQ(large.refusal().code(), Errc::kUpstreamShort);
    large.remember(std::chrono::hours{24});
  }
  large.facts.force = true;
  EXPECT_EQ(large.judged().size(), 24U);
}

// Players: nobody is removed, and who is missing is told.
TEST(GuardTest, OfWhatIsNotRemovedAPartMayBeMissing) {
  Case quarter{.rows = 75, .complete = false};
  quarter.guard.rows = 100;
  quarter.guard.free = 0.25;
  for (const auto& id : ids(25)) quarter.guard.lost.push_back({Value(id)});
  EXPECT_NO_THROW(quarter.judged());
  EXPECT_TRUE(quarter.judgement.claims.empty());
  quarter.guard.lost.push_back({Value(std::string("one more"))});
  EXPECT_EQ(quarter.refusal().code(), Errc::kUpstreamShort);
  EXPECT_THAT(quarter.refusal().what(), HasSubstr("26 of 100 are missing"));
  ASSERT_EQ(quarter.judgement.claims.size(), 1U);
  quarter.facts.force = true;
  EXPECT_NO_THROW(quarter.judged());
  quarter.rows = 0;
  EXPECT_EQ(quarter.refusal().code(), Errc::kUpstreamEmpty);
  // Of a few, all may.
  quarter.facts.force = false;
  quarter.rows = 400;
  quarter.guard.rows = 5;
  quarter.guard.lost.resize(5);
  EXPECT_NO_THROW(quarter.judged());
  quarter.guard.lost.push_back({Value(std::string("one more"))});
  quarter.guard.rows = 6;
  EXPECT_EQ(quarter.refusal().code(), Errc::kUpstreamShort);
  quarter.guard.rows = 100;
  quarter.guard.lost.clear();
  for (const auto& id : ids(26)) quarter.guard.lost.push_back({Value(id)});
  // New ones do not make up for those who are missing.
  quarter.facts.force = false;
  quarter.rows = 200;
  EXPECT_EQ(quarter.refusal().code(), Errc::kUpstreamShort);
}

TEST(GuardTest, AWholeAnswerForgetsWhatWasNotBelieved) {
  Case healed{.rows = 110, .stored = 120, .lost = ids(10)};
  EXPECT_EQ(healed.refusal().code(), Errc::kUpstreamShort);
  healed.remember(std::chrono::hours{1});
  healed.rows = 120;
  healed.lost.clear();
  EXPECT_TRUE(healed.judged().empty());
  ASSERT_EQ(healed.judgement.claims.size(), 1U);
  EXPECT_EQ(healed.judgement.claims[0].claim, "");
}

// Through the store: what is refused changes no table of data, and outlives a restart.
class GuardedStoreTest : public testing::StoreFixture {
 protected:
  TableChange guarded(const std::vector<Game>& games) {
    auto change = day("2026-01-15", games);
    change.guard.emplace();
    return change;
  }
};

TEST_F(GuardedStoreTest, RefusalIsRememberedAndOverruledByForce) {
  using testing::integer;
  {
    testing::OpenStore store(path_);
    apply(store, guarded({{"a", integer(1)}, {"b", integer(2)}}));
    EXPECT_EQ(error_of([&] {
                apply(store, guarded({{"a", integer(5)}}));
              }).code(),
              Errc::kUpstreamShort);
    EXPECT_EQ(ask("SELECT group_concat(game_id || home_team_score) FROM todays_games"), "a1,b2");
  }
  EXPECT_EQ(ask("SELECT claims || ' ' || scope FROM nbasync_scopes"), "1 todays_games 2026-01-15");
  testing::OpenStore store(path_);
  store.read(kTodaysGames, facts_, {});
  EXPECT_EQ(error_of([&] {
              apply(store, guarded({{"a", integer(5)}}));
            }).code(),
            Errc::kUpstreamShort);
  EXPECT_EQ(ask("SELECT claims FROM nbasync_scopes"), "2");
  facts_.force = true;
  EXPECT_THAT(apply(store, guarded({{"a", integer(5)}})), testing::Counts(0, 1, 0, 1));
  EXPECT_EQ(ask("SELECT group_concat(game_id || home_team_score) FROM todays_games"), "a5");
}

}  // namespace
}  // namespace nbasync::guard_test
