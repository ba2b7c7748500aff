#include "model/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "model/decision.hpp"
#include "model/run_status.hpp"
#include "model/sync_wish.hpp"

namespace nbasync {
namespace {

using ::testing::ElementsAre;

template <typename Enum>
void expect_each_word_reads_back(int values) {
  std::set<std::string_view> words;
  for (int i = 0; i < values; ++i) {
    const auto value = static_cast<Enum>(i);
    EXPECT_EQ(parse_word<Enum>(to_string(value)), value);
    EXPECT_TRUE(words.insert(to_string(value)).second) << to_string(value);
  }
  EXPECT_EQ(words_of<Enum>().size(), words.size());
}

TEST(WordsTest, EachValueHasAWordOfItsOwn) {
  expect_each_word_reads_back<RunStatus>(7);
  expect_each_word_reads_back<DecisionKind>(13);
  expect_each_word_reads_back<IfBusy>(3);
  expect_each_word_reads_back<Disposition>(4);
}

TEST(WordsTest, SynonymIsReadAndNotWritten) {
  EXPECT_EQ(parse_word<IfBusy>("wait"), IfBusy::kQueue);
  EXPECT_EQ(to_string(IfBusy::kQueue), "queue");
  EXPECT_THAT(words_of<IfBusy>(), ElementsAre("queue", "fail", "join"));
}

TEST(WordsTest, UnknownWordIsNone) {
  EXPECT_EQ(parse_word<RunStatus>("succes"), std::nullopt);
  EXPECT_EQ(read_word<RunStatus>("of a newer version"), RunStatus::kFailed);
  EXPECT_EQ(read_word<DecisionKind>("of a newer version"), DecisionKind::kOther);
}

TEST(WordsTest, RunThatWaitsIsInNoLog) {
  EXPECT_THAT(logged_status_words(),
              ElementsAre("started", "success", "failed", "cancelled", "timeout", "interrupted"));
}

}  // namespace
}  // namespace nbasync
