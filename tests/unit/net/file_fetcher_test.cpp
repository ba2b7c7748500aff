#include "net/file_fetcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;

class FileFetcherTest : public ::testing::Test {
 protected:
  FileFetcherTest() { std::filesystem::create_directories(directory_ / "cdn"); }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void write(const std::string& name, const std::string& body) const {
    std::ofstream(directory_ / name) << body;
  }
  Error failure(const Request& request = {Host::kStats, "teams", {}}, std::stop_token stop = {}) {
    try {
      fetcher_.get(request, std::move(stop));
    } catch (const Error& error) {
      return error;
    }
    return {Errc::kInternal, "no failure"};
  }

  std::filesystem::path directory_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("file_fetcher_") +
       ::testing::UnitTest::GetInstance()->current_test_info()->name());
  FileFetcher fetcher_{directory_, directory_ / "cdn", 100};
};

TEST_F(FileFetcherTest, AnswersFromTheFileOfTheRequestInTheDirectoryOfItsHost) {
  write("teamgamelogs_2025-26_Base.json", "\n{\"stats\":1}");
  write("cdn/scheduleLeagueV2.json", "{\"cdn\":1}");
  const auto stats = fetcher_.get(
      {Host::kStats, "teamgamelogs", {{"MeasureType", "Base"}, {"Season", "2025-26"}}}, {});
  EXPECT_EQ(stats.body, "{\"stats\":1}");
  EXPECT_EQ(stats.bytes_received, 12U);
  EXPECT_EQ(stats.tries, 1U);
  const auto cdn = fetcher_.get({Host::kCdn, "staticData/scheduleLeagueV2.json", {}}, {});
  EXPECT_EQ(cdn.body, "{\"cdn\":1}");
  EXPECT_EQ(fetcher_.traffic().requests, 2U);
  EXPECT_EQ(fetcher_.traffic().bytes_received, 21U);
}

TEST_F(FileFetcherTest, NamesTheMissingFileInFull) {
  const Error error = failure();
  EXPECT_EQ(error.code(), Errc::kUpstreamUnreachable);
  EXPECT_THAT(error.what(), HasSubstr("teams: " + (directory_ / "teams.json").string()));
  EXPECT_THAT(error.what(), HasSubstr("No such file"));
}

TEST_F(FileFetcherTest, RefusesAFifoInsteadOfWaitingOnIt) {
  ASSERT_EQ(::mkfifo((directory_ / "teams.json").c_str(), 0600), 0);
  EXPECT_THAT(failure().what(), HasSubstr("not a regular file"));
}

TEST_F(FileFetcherTest, ChecksTheBodyAsOneFromTheNetwork) {
  write("teams.json", "");
  EXPECT_EQ(failure().code(), Errc::kUpstreamEmpty);
  write("teams.json", "<html>");
  EXPECT_EQ(failure().code(), Errc::kUpstreamMalformed);
  write("teams.json", "[]");
  EXPECT_EQ(failure().code(), Errc::kUpstreamMalformed);
  EXPECT_THAT(failure().what(), HasSubstr("teams.json gave \"[]\", not a JSON object"));
}

TEST_F(FileFetcherTest, RefusesABodyOverTheLimit) {
  write("teams.json", "{" + std::string(99, ' '));
  EXPECT_EQ(fetcher_.get({Host::kStats, "teams", {}}, {}).body.size(), 100U);
  write("teams.json", "{" + std::string(100, ' '));
  EXPECT_EQ(failure().code(), Errc::kUpstreamMalformed);
  EXPECT_THAT(failure().what(), HasSubstr("more than 100 bytes"));
}

TEST_F(FileFetcherTest, StartsNothingOnceStopped) {
  write("teams.json", "{}");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(failure({Host::kStats, "teams", {}}, stop.get_token()).code(), Errc::kCancelled);
  EXPECT_EQ(fetcher_.traffic().requests, 0U);
}

}  // namespace
}  // namespace nbasync
