#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "outlet/hook_attempt.hpp"
#include "support/file_text.hpp"
#include "support/private_bus.hpp"
#include "support/stand_in_systemd.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {
namespace {

namespace fs = std::filesystem;
using End = HookAnswer::End;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class UnitAttemptTest : public ::testing::Test {
 protected:
  UnitAttemptTest() {
    ::setenv("RUNTIME_DIRECTORY", folder_.path().c_str(), 1);
    hook_.name = "report";
    hook_.unit = "nbasync-hook-report.service";
    hook_.timeout = std::chrono::seconds(10);
    systemd_->set(*hook_.unit, "loaded", "inactive");
  }
  ~UnitAttemptTest() override { ::unsetenv("RUNTIME_DIRECTORY"); }

  HookAnswer tell(const std::string& text = "{}") {
    return start_unit(hook_, text, stop_.get_token());
  }

  std::string written() const { return file_text(path_); }

  TemporaryDirectory folder_;
  fs::path path_ = folder_.path() / "hooks/nbasync-hook-report.json";
  PrivateBus bus_{PrivateBus::Kind::kSystem};
  std::optional<StandInSystemd> systemd_{std::in_place, sdbus::createSystemBusConnection()};
  HookOptions hook_;
  std::stop_source stop_;
};

TEST_F(UnitAttemptTest, WritesTheTextAndStartsTheUnit) {
  EXPECT_EQ(tell(R"({"a":1})").end, End::kTaken);
  EXPECT_EQ(written(), "{\"a\":1}\n");
  EXPECT_THAT(systemd_->restarted(), ElementsAre("nbasync-hook-report.service fail"))
      << "what somebody has just asked of the unit is not undone";
  EXPECT_EQ(tell(R"({"a":2})").end, End::kTaken);
  EXPECT_EQ(written(), "{\"a\":2}\n") << "the newest";
  EXPECT_EQ(std::distance(fs::directory_iterator(path_.parent_path()), {}), 1) << "nothing is left";
}

TEST_F(UnitAttemptTest, OthersMayReadWhatItWrites) {
  const auto before = ::umask(0077);
  tell();
  ::umask(before);
  EXPECT_EQ(fs::status(path_).permissions(), static_cast<fs::perms>(0644));
  EXPECT_EQ(fs::status(path_.parent_path()).permissions(), static_cast<fs::perms>(0755));
}

TEST_F(UnitAttemptTest, OneThatHasFailedIsStartedAgain) {
  systemd_->set(*hook_.unit, "loaded", "failed");
  EXPECT_EQ(tell().end, End::kTaken);
}

TEST_F(UnitAttemptTest, OneAtWorkIsLeftToItAndSoIsItsFile) {
  tell("{}");
  for (const auto* state : {"active", "activating", "deactivating"}) {
    systemd_->set(*hook_.unit, "loaded", state);
    const auto answer = tell("another");
    EXPECT_EQ(answer.end, End::kBusy) << state;
    EXPECT_THAT(answer.why, HasSubstr(std::string("nbasync-hook-report.service is ") + state));
  }
  EXPECT_EQ(systemd_->restarted().size(), 1U);
  EXPECT_EQ(written(), "{}\n");
}

TEST_F(UnitAttemptTest, OneThatIsAboutToBeStartedHasItsFile) {
  tell("{}");
  systemd_->set(*hook_.unit, "loaded", "inactive", 7);
  const auto answer = tell("another");
  EXPECT_EQ(answer.end, End::kBusy);
  EXPECT_THAT(answer.why, HasSubstr("is about to be started or stopped"));
  EXPECT_EQ(systemd_->restarted().size(), 1U);
  EXPECT_EQ(written(), "{}\n");
}

TEST_F(UnitAttemptTest, AfterAStopNothingIsDone) {
  systemd_->at_look([this] { stop_.request_stop(); });
  EXPECT_EQ(tell().end, End::kFailed);
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_THAT(systemd_->restarted(), IsEmpty());
}

TEST_F(UnitAttemptTest, ItsTimeIsOfAllThatItAsks) {
  hook_.timeout = Duration(0);  // over when the bus is there
  const auto answer = tell();
  EXPECT_EQ(answer.end, End::kFailed);
  EXPECT_THAT(answer.why, HasSubstr("the system bus took longer than"));
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_THAT(systemd_->restarted(), IsEmpty());
}

// Another try that was given up may still be writing.
TEST_F(UnitAttemptTest, NoOtherTryWritesIntoItsFile) {
  fs::create_directories(path_.parent_path() / ".nbasync-hook-report.part");  // as it was named
  EXPECT_EQ(tell("{}").end, End::kTaken);
  EXPECT_EQ(written(), "{}\n");
}

TEST_F(UnitAttemptTest, AFileThatCannotBePutInPlaceIsToldAsWhatItIsAndLeavesNothing) {
  fs::create_directories(path_);
  try {
    tell();
    ADD_FAILURE() << "a folder is there";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nbasync-hook-report.json: Is a directory"));
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(path_.parent_path()), {}), 1);
  EXPECT_THAT(systemd_->restarted(), IsEmpty());
}

TEST_F(UnitAttemptTest, OneThatSystemdDoesNotKnowIsToldAsSuch) {
  systemd_->set(*hook_.unit, "not-found", "inactive");
  const auto answer = tell();
  EXPECT_EQ(answer.end, End::kRefused);
  EXPECT_THAT(answer.why, HasSubstr("systemd does not know nbasync-hook-report.service"));
}

TEST_F(UnitAttemptTest, ARefusalOfSystemdIsToldInItsWords) {
  systemd_->refuse("Permission denied");
  const auto answer = tell();
  EXPECT_EQ(answer.end, End::kFailed);
  EXPECT_EQ(answer.why, "nbasync-hook-report.service: Permission denied");
}

TEST_F(UnitAttemptTest, WithoutABusOrAPlaceForTheFileItIsTriedAgain) {
  std::ofstream(folder_.path() / "hooks") << "in the way";
  EXPECT_THROW(tell(), Error);
  EXPECT_THAT(systemd_->restarted(), IsEmpty());
  systemd_.reset();
  bus_.kill();
  EXPECT_EQ(tell().end, End::kFailed);
}

}  // namespace
}  // namespace nbasync::testing
