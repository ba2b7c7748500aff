#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "integration/faults/fault_fixture.hpp"
#include "support/file_text.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// A reload of files that cannot be: all stays as it was, and the mistake is told with its place.
class BrokenConfigurationTest : public FaultFixture {
 protected:
  BrokenConfigurationTest() {
    common_ = file_text(config_);
    lines_ = std::ranges::count(common_, '\n');
    write(kGood);
  }

  void write(const std::string& text) const {
    std::ofstream(config_, std::ios::binary) << common_ << text;
  }
  // Until it is over: what the log says of it.
  std::string reload() {
    const auto before = daemon_->err().size();
    daemon_->signal(SIGHUP);
    EXPECT_TRUE(manager_.wait_for("RELOADING=1"));
    EXPECT_TRUE(manager_.wait_for("READY=1"));
    const auto said = [&] { return daemon_->err().find("configuration ", before); };
    while (said() == std::string::npos && daemon_->wait_for("reloaded", ++reloads_)) {
    }
    return daemon_->err().substr(said());
  }
  void expect_old_one_in_force() {
    const auto schedules = get("/api/v1/schedules")["schedules"];
    ASSERT_EQ(schedules.size(), 1U) << schedules;
    EXPECT_EQ(schedules[0]["name"], "nightly");
  }

  static constexpr const char* kGood =
      "schedules: [{name: nightly, sync: full, cron: '0 9 * * *'}]\n";
  std::string common_;
  long lines_ = 0;
  std::size_t reloads_ = 0;
};

TEST_F(BrokenConfigurationTest, TwentyOfThemChangeNothing) {
  ASSERT_TRUE(start_ready());
  for (const std::string text : {
           "seson: 2024-25\n",
           "season: 2024-25\n",  // there is one
           "schedules: [{name: a, sync: full, cron: '0 25 * * *'}]\n",
           "schedules: [{name: a, sync: ful, every: 1h}]\n",
           "schedules: [{name: a, sync: full}]\n",
           "schedules: [{name: a, sync: full, every: 1h, cron: '@daily'}]\n",
           "schedules: [{sync: full, every: 1h}]\n",
           "schedules: [{name: a, sync: teams, every: 1h}, {name: a, sync: full, every: 1h}]\n",
           "schedules: [{name: a, sync: full, cron: '@daily', timezone: Mars/Olympus}]\n",
           "schedules: [{name: a, sync: full, live: {}}]\n",
           "schedules: [{name: a, sync: full, every: 0s}]\n",
           "schedules: nightly\n",
           "schedules: [\n",
           "schedules: {{{{\n",
           "sync: {queue_limit: 0}\n",
           "sync: {queue_limit: 10001}\n",
           "sync: {queue_limit: many}\n",
           "sync: {run_timeout: 5}\n",
           "sync: {run_timeout: 99999999999999999999s}\n",
           "sync: {defaults: {everything: {wait: true}}}\n",
           "sync: [1, 2]\n",
           "log: {level: loud}\n",
           "log: debug\n",
           "\tlog: {level: debug}\n",
           "log: {level: *nowhere}\n",
           "log: {level: debug\n",
           "log: {level: debug}\nlog: {level: info}\n",
           "\xff\xfe: 1\n",
       }) {
    SCOPED_TRACE(text);
    write(text);
    const auto said = reload();
    EXPECT_THAT(said, HasSubstr(config_.string() + ":"));
    const auto place = said.find(config_.string() + ":") + config_.string().size() + 1;
    const auto line = std::strtol(said.c_str() + place, nullptr, 10);
    EXPECT_GT(line, lines_);
    EXPECT_LE(line, lines_ + 3) << said;
    expect_old_one_in_force();
  }
  EXPECT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  write("schedules: [{name: weekly, sync: full, cron: '@weekly'}]\n");
  reload();
  EXPECT_EQ(get("/api/v1/schedules")["schedules"][0]["name"], "weekly");
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0) << "the same process all the while";
}

TEST_F(BrokenConfigurationTest, AFileThatIsNoneChangesNothing) {
  ASSERT_TRUE(start_ready());
  for (const std::string what : {"removed", "folder", "binary", "deep"}) {
    SCOPED_TRACE(what);
    std::filesystem::remove_all(config_);
    if (what == "folder") std::filesystem::create_directory(config_);
    if (what == "binary") std::ofstream(config_, std::ios::binary) << std::string(100'000, '\0');
    if (what == "deep") std::ofstream(config_) << "season: " << std::string(100'000, '[');
    EXPECT_THAT(reload(), HasSubstr(config_.string()));
    expect_old_one_in_force();
  }
  std::filesystem::remove_all(config_);
  write(kGood);
  EXPECT_EQ(reload().find("not reloaded"), std::string::npos);
  EXPECT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
}

}  // namespace
}  // namespace nbasync::testing
