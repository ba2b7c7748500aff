#include "app/reloader.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "support/fake_clock.hpp"
#include "support/manual_executor.hpp"
#include "unit/app/app_fixture.hpp"

namespace nbasync {
namespace {

using ::testing::ElementsAre;

class ReloaderTest : public testing::AppFixture {
 protected:
  // Reads again: what the caller is told, "" for success.
  std::string reload() {
    std::string told = "nothing";
    reloader_.reload([&](const std::optional<Error>& error) { told = error ? error->what() : ""; });
    EXPECT_EQ(told, "nothing") << "never inside the call";
    executor_.drain();
    return told;
  }

  testing::ManualExecutor executor_;
  testing::FakeClock clock_;
  std::function<Config()> load_ = [this] { return config_; };
  std::vector<std::string> applied_;
  Reloader reloader_{executor_, clock_, config_, [this] { return load_(); },
                     [this](const Config& config) { applied_.push_back(config.sync.season); }};
};

TEST_F(ReloaderTest, WhatIsReadIsPutInForce) {
  config_.sync.season = "2024-25";
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(reload(), "");
  EXPECT_THAT(applied_, ElementsAre("2024-25"));
  EXPECT_EQ(reloader_.state().loaded_at, clock_.wall());
  EXPECT_TRUE(reloader_.state().restart_needed.empty());
}

TEST_F(ReloaderTest, AMistakeIsToldAndChangesNothing) {
  load_ = []() -> Config { throw Error(Errc::kBadConfiguration, "x.yaml:3:1: no such key"); };
  EXPECT_EQ(reload(), "x.yaml:3:1: no such key");
  EXPECT_TRUE(applied_.empty());
  EXPECT_EQ(reloader_.state().error, "x.yaml:3:1: no such key");
  load_ = [this] { return config_; };
  EXPECT_EQ(reload(), "");
  EXPECT_EQ(reloader_.state().error, "");
}

// A working directory that has vanished made std::filesystem throw, and the process end.
TEST_F(ReloaderTest, WhateverIsThrownIsAnAnswer) {
  load_ = []() -> Config { throw std::runtime_error("filesystem error: cannot get current path"); };
  EXPECT_EQ(reload(), "filesystem error: cannot get current path");
  load_ = []() -> Config { throw 7; };
  EXPECT_NE(reload(), "");
}

TEST_F(ReloaderTest, WhatNeedsARestartStaysAndIsNamed) {
  config_.database.path = "/elsewhere.db";
  config_.log.format = log::Format::kJson;
  config_.sync.season = "2023-24";
  EXPECT_EQ(reload(), "");
  EXPECT_THAT(reloader_.state().restart_needed, ElementsAre("database", "log.format"));
  EXPECT_THAT(applied_, ElementsAre("2023-24")) << "the rest is in force";
}

TEST_F(ReloaderTest, WhoAsksWhileFilesAreReadGetsAReadingOfHisOwn) {
  int reads = 0;
  load_ = [&] {
    ++reads;
    return config_;
  };
  std::vector<int> told;
  reloader_.reload([&](const auto&) { told.push_back(1); });
  reloader_.reload([&](const auto&) { told.push_back(2); });
  reloader_.reload([&](const auto&) { told.push_back(3); });
  executor_.drain();
  EXPECT_EQ(reads, 2);
  EXPECT_THAT(told, ElementsAre(1, 2, 3));
}

}  // namespace
}  // namespace nbasync
