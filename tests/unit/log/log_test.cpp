#include "log/log.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace nbasync {
namespace {

std::string logged(log::Format format, log::Level level, const std::string& line) {
  log::init(log::Level::kInfo, format);
  ::testing::internal::CaptureStderr();
  log::write(level, line);
  return ::testing::internal::GetCapturedStderr();
}

TEST(LogTest, JournalLinesBeginWithThePriority) {
  EXPECT_EQ(logged(log::Format::kJournal, log::Level::kError, "it broke"), "<3>it broke\n");
  EXPECT_EQ(logged(log::Format::kJournal, log::Level::kWarning, "hm"), "<4>hm\n");
  EXPECT_EQ(logged(log::Format::kJournal, log::Level::kInfo, "well"), "<6>well\n");
}

TEST(LogTest, AutomaticFormatAsksWhetherTheJournalReads) {
  ::setenv("JOURNAL_STREAM", "8:1", 1);
  EXPECT_EQ(logged(log::Format::kAuto, log::Level::kInfo, "x"), "<6>x\n");
  ::unsetenv("JOURNAL_STREAM");
  EXPECT_NE(logged(log::Format::kAuto, log::Level::kInfo, "x").find("Z info x\n"),
            std::string::npos);
}

TEST(LogTest, JsonLinesAreEscaped) {
  EXPECT_NE(logged(log::Format::kJson, log::Level::kInfo, "say \"hi\"\n\\")
                .find(R"("level":"info","message":"say \"hi\"\u000a\\"})"),
            std::string::npos);
}

TEST(LogTest, LinesBelowTheLevelAreNotWritten) {
  EXPECT_EQ(logged(log::Format::kText, log::Level::kDebug, "quiet"), "");
  log::set_level(log::Level::kError);
  EXPECT_EQ(log::level(), log::Level::kError);
  EXPECT_FALSE(log::enabled(log::Level::kWarning));
}

}  // namespace
}  // namespace nbasync
