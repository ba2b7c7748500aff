#include <gmock/gmock.h>

#include <string>

#include "manual_files.hpp"
#include "protocol/names.hpp"

// Where the version is told, it is the one that is built.

namespace nbasync::testing {
namespace {

TEST(VersionTest, IsTheFirstOfBothChangelogs) {
  EXPECT_EQ(between(read_source("CHANGELOG.md"), "\n## ", " "), protocol::kVersion);
  EXPECT_EQ(between(read_source("debian/changelog"), "nbasync (", ")"), protocol::kVersion);
}

TEST(VersionTest, IsThatOfTheReadmesExamples) {
  const auto readme = read_source("README.md");
  EXPECT_EQ(between(readme, "● nbasyncd ", ": "), protocol::kVersion);
  EXPECT_EQ(between(readme, "apt-get install ../nbasync_", "_"), protocol::kVersion);
}

}  // namespace
}  // namespace nbasync::testing
