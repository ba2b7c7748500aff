#include "log/log.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace nbasync {
namespace {

std::string logged(log::Format format, log::Level level, const std::string& line) {
  ::testing::internal::CaptureStderr();
  log::init(log::Level::kInfo, format);
  log::write(level, line);
  EXPECT_TRUE(log::flush(std::chrono::seconds(30)));
  return ::testing::internal::GetCapturedStderr();
}

// The name that the journal gives to the stream that standard error is.
std::string name_of_stderr() {
  struct stat there {};
  ::fstat(STDERR_FILENO, &there);
  return std::to_string(there.st_dev) + ":" + std::to_string(there.st_ino);
}

TEST(LogTest, JournalLinesBeginWithThePriority) {
  EXPECT_EQ(logged(log::Format::kJournal, log::Level::kError, "it broke"), "<3>it broke\n");
  EXPECT_EQ(logged(log::Format::kJournal, log::Level::kWarning, "hm"), "<4>hm\n");
  EXPECT_EQ(logged(log::Format::kJournal, log::Level::kInfo, "well"), "<6>well\n");
}

TEST(LogTest, AutomaticFormatAsksWhetherTheJournalReads) {
  ::setenv("JOURNAL_STREAM", name_of_stderr().c_str(), 1);
  EXPECT_TRUE(log::to_journal());
  // Captured, it is a file: what systemd has said of the stream before is not true of it.
  EXPECT_NE(logged(log::Format::kAuto, log::Level::kInfo, "x").find("Z info x\n"),
            std::string::npos);
  ::testing::internal::CaptureStderr();
  ::setenv("JOURNAL_STREAM", name_of_stderr().c_str(), 1);
  log::init(log::Level::kInfo, log::Format::kAuto);
  log::info("x");
  EXPECT_TRUE(log::flush(std::chrono::seconds(30)));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "<6>x\n");
  ::setenv("JOURNAL_STREAM", "nonsense", 1);
  EXPECT_FALSE(log::to_journal());
  ::unsetenv("JOURNAL_STREAM");
  EXPECT_FALSE(log::to_journal());
}

TEST(LogTest, LastWordsAreWrittenWhenTheyReturn) {
  ::testing::internal::CaptureStderr();
  ::setenv("JOURNAL_STREAM", name_of_stderr().c_str(), 1);
  log::last_words("nbasyncd: the end");
  ::unsetenv("JOURNAL_STREAM");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "<3>nbasyncd: the end\n");
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
