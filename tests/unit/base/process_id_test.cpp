#include "base/process_id.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace nbasync {
namespace {

// As of another process of this place.
std::string id_of(pid_t pid, const std::string& start) {
  const auto own = process_id();
  const auto place = own.substr(own.find('/', own.find('/') + 1));
  return std::to_string(pid) + "/" + start + place;
}

TEST(ProcessIdTest, IsOfThisProcessWhichHasNotEnded) {
  EXPECT_TRUE(process_id().starts_with(std::to_string(::getpid()) + "/")) << process_id();
  EXPECT_EQ(process_id(), process_id());
  EXPECT_FALSE(has_ended(process_id()));
}

TEST(ProcessIdTest, WhoWasKilledHasEndedAlsoBeforeItsParentKnows) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (;;) ::pause();
  }
  EXPECT_FALSE(has_ended(id_of(child, "")));
  ::kill(child, SIGKILL);
  siginfo_t told{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &told, WEXITED | WNOWAIT), 0);
  EXPECT_TRUE(has_ended(id_of(child, "1")));
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_TRUE(has_ended(id_of(child, "1")));
  EXPECT_TRUE(has_ended(id_of(child, "")));
}

TEST(ProcessIdTest, WhoseNumberIsAnothersByNowHasEnded) {
  EXPECT_TRUE(has_ended(id_of(::getpid(), "1")));
}

TEST(ProcessIdTest, OfOneElsewhereNothingIsKnown) {
  const auto own = process_id();
  EXPECT_FALSE(has_ended("1/1/another-boot/pid:[1]"));
  EXPECT_FALSE(has_ended(own + "1")) << "another container";
  EXPECT_FALSE(has_ended(""));
  EXPECT_FALSE(has_ended("7"));
  EXPECT_FALSE(has_ended("/" + own.substr(own.find('/') + 1)));
}

}  // namespace
}  // namespace nbasync
