#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <set>
#include <string>

#include "dataset/catalog.hpp"
#include "net/replay_file_name.hpp"
#include "season_files.hpp"
#include "support/decoding.hpp"
#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {
namespace {

std::set<std::string> names(const std::filesystem::path& folder) {
  std::set<std::string> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    result.insert(entry.path().filename());
  }
  return result;
}

TEST(DemoFilesTest, EveryRequestOfAFullSyncHasItsFileAndNoFileIsLeftOver) {
  std::set<std::string> wanted;
  auto facts = new_season();
  facts.types = {SeasonType::kRegular, SeasonType::kPlayIn, SeasonType::kPlayoffs,
                 SeasonType::kCup};
  for (const auto* dataset : catalog()) {
    for (const auto& request : dataset->requests(facts)) {
      wanted.insert(replay_file_name(request));
    }
  }
  EXPECT_EQ(wanted.size(), 43U);
  EXPECT_EQ(names(kSeasonFolder), wanted);
}

TEST(DemoFilesTest, AnotherRunGivesTheSameBytes) {
  const TemporaryDirectory directory;
  const auto& folder = directory.path();
  const std::string command = NBASYNC_DEMO_PROGRAM " '" + folder.string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(names(folder), names(kSeasonFolder));
  for (const auto& file : names(kSeasonFolder)) {
    EXPECT_EQ(file_text(folder / file), file_text(kSeasonFolder / file)) << file;
  }
}

}  // namespace
}  // namespace nbasync::testing
