#include "query/changes.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/store.hpp"
#include "support/test_engine.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ChangesTest : public ::testing::Test {
 protected:
  ChangesTest() { const Store makes_the_tables(database_); }

  void tell(const std::string& sql) const { testing::execute(place_.name(), sql); }
  // Of tables a, b, a, b, …; each third one is a correction.
  void tell_changes(int first, int last) {
    for (int seq = first; seq <= last; ++seq) {
      tell(
          "INSERT INTO nbasync_changes (seq, run_id, changed_at, table_name, row_key, change, "
          "after, is_correction) VALUES (" +
          std::to_string(seq) + ", 'r', '2026-01-15T12:00:00Z', '" +
          (seq % 2 == 1 ? "games" : "nba_teams") + "', '{\"id\":\"x\"}', 'insert', '{\"a\":1}', " +
          (seq % 3 == 0 ? "1" : "0") + ")");
    }
  }
  ChangesAnswer ask(const ChangesQuestion& question) {
    return changes(*reader_, question, ",", {});
  }
  // The numbers in an answer.
  static std::vector<int> seqs(const ChangesAnswer& answer) {
    std::vector<int> result;
    const std::string key = "{\"seq\":";
    for (auto at = answer.rows.find(key); at != std::string::npos;
         at = answer.rows.find(key, at + 1)) {
      result.push_back(std::stoi(answer.rows.substr(at + key.size())));
    }
    EXPECT_EQ(result.size(), answer.count);
    return result;
  }
  using Seqs = std::vector<int>;

  testing::NewPlace place_;
  testing::TestDatabase database_{place_.name()};
  std::unique_ptr<Connection> reader_ = database_.connect_reader();
};

TEST_F(ChangesTest, AnEmptyFeedSaysWhereItStands) {
  const auto answer = ask({.since = 0});
  EXPECT_THAT(answer.gone, IsEmpty());
  EXPECT_EQ(answer.count, 0U);
  EXPECT_EQ(answer.last_seq, 0);
  EXPECT_EQ(answer.oldest_seq, 0);
  EXPECT_FALSE(answer.more);
}

TEST_F(ChangesTest, ARowIsToldWithTheNamesOfItsColumns) {
  tell_changes(1, 1);
  EXPECT_EQ(ask({.since = 0}).rows,
            R"({"seq":1,"run_id":"r","changed_at":"2026-01-15T12:00:00Z","table_name":"games",)"
            R"("row_key":{"id":"x"},"change":"insert","before":null,"after":{"a":1},)"
            R"("is_correction":false})");
}

TEST_F(ChangesTest, PageByPageNothingIsMissed) {
  tell_changes(1, 7);
  auto page = ask({.since = 0, .limit = 3});
  EXPECT_EQ(seqs(page), (Seqs{1, 2, 3}));
  EXPECT_TRUE(page.more);
  page = ask({.since = page.last_seq, .limit = 3});
  EXPECT_EQ(seqs(page), (Seqs{4, 5, 6}));
  EXPECT_TRUE(page.more);
  page = ask({.since = page.last_seq, .limit = 3});
  EXPECT_EQ(seqs(page), (Seqs{7}));
  EXPECT_FALSE(page.more);
  page = ask({.since = 4, .limit = 3});
  EXPECT_FALSE(page.more) << "the last page may be full";
}

TEST_F(ChangesTest, WithoutSinceTheNewestCome) {
  tell_changes(1, 7);
  const auto answer = ask({.since = {}, .limit = 2});
  EXPECT_EQ(seqs(answer), (Seqs{6, 7}));
  EXPECT_EQ(answer.last_seq, 7);
  EXPECT_FALSE(answer.more);
}

// Else who follows a table that is quiet would be told one day that his place is kept no longer.
TEST_F(ChangesTest, AFilteredAnswerGoesOnBehindAllThatThereIs) {
  tell_changes(1, 7);
  const auto games = ask({.since = 3, .table = "games", .limit = 1});
  EXPECT_EQ(seqs(games), (Seqs{5}));
  EXPECT_EQ(games.last_seq, 5);
  EXPECT_TRUE(games.more);
  const auto corrections = ask({.since = 0, .table = "nba_teams", .corrections = true});
  EXPECT_EQ(seqs(corrections), (Seqs{6}));
  EXPECT_EQ(corrections.last_seq, 7);
  EXPECT_EQ(ask({.since = 7, .table = "games"}).last_seq, 7);
}

TEST_F(ChangesTest, WhatIsKeptNoLongerIsGone) {
  tell_changes(1, 7);
  tell("DELETE FROM nbasync_changes WHERE seq <= 3");
  EXPECT_THAT(ask({.since = 2}).gone, HasSubstr("the oldest is 4"));
  EXPECT_EQ(ask({.since = 2}).oldest_seq, 4);
  EXPECT_EQ(seqs(ask({.since = 3})), (Seqs{4, 5, 6, 7})) << "nothing is missing after 3";
  EXPECT_THAT(ask({}).gone, IsEmpty());
}

TEST_F(ChangesTest, ANumberThatWasNeverGivenIsOfAnotherDatabase) {
  tell_changes(1, 7);
  EXPECT_THAT(ask({.since = 8}).gone, HasSubstr("another one"));
  EXPECT_THAT(ask({.since = 7}).gone, IsEmpty());
}

TEST_F(ChangesTest, AnUnknownTableIsRefusedWithTheNearest) {
  try {
    ask({.since = 0, .table = "game"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kInvalidArgument);
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'games'"));
  }
}

TEST_F(ChangesTest, WhatSomebodyHasWrittenThereIsATextAtWorst) {
  tell("INSERT INTO nbasync_changes (table_name, row_key, before) VALUES ('mine', 'no json', 7)");
  EXPECT_THAT(ask({.since = 0}).rows,
              HasSubstr(R"("row_key":"no json","change":null,"before":"7")"));
}

}  // namespace
}  // namespace nbasync
