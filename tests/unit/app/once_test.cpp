#include "app/once.hpp"

#include <string>

#include "db/lock_file.hpp"
#include "support/rows.hpp"
#include "unit/app/app_fixture.hpp"

namespace nbasync {
namespace {

using testing::error_of;
using ::testing::HasSubstr;

class OnceTest : public testing::AppFixture {
 protected:
  // Another process's lock: open-file descriptions do not share theirs.
  LockFile other_{config_.database.path};
  RealClock clock_;
};

TEST_F(OnceTest, SyncsAndTellsItsEnd) {
  const auto run = Once(config_).run("teams");
  EXPECT_EQ(run.status, RunStatus::kSuccess) << run.error_message;
  EXPECT_EQ(run.triggered_by, "once");
  EXPECT_EQ(run.inserted, 2);
  EXPECT_EQ(Once(config_).run("teams").unchanged, 2);
}

TEST_F(OnceTest, AnUnknownTypeIsRefusedWithTheNearest) {
  const auto error = error_of([&] { Once(config_).run("team"); });
  EXPECT_EQ(error.code(), Errc::kUnknownType);
  EXPECT_THAT(error.what(), HasSubstr("did you mean 'teams'"));
}

TEST_F(OnceTest, ADaemonIsNotWaitedFor) {
  ASSERT_TRUE(other_.try_lock("daemon", clock_.wall()));
  const auto error = error_of([&] { Once(config_).run("teams"); });
  EXPECT_EQ(error.code(), Errc::kSyncInProgress);
  EXPECT_THAT(error.what(), HasSubstr("is held by a daemon with pid"));
}

TEST_F(OnceTest, AnotherOnceIsWaitedForAsLongAsTheTypeSays) {
  ASSERT_TRUE(other_.try_lock("once", clock_.wall()));
  config_.sync.defaults["teams"] = {Duration(100), true};
  const auto error = error_of([&] { Once(config_).run("teams"); });
  EXPECT_EQ(error.code(), Errc::kLockTimeout);
}

}  // namespace
}  // namespace nbasync
