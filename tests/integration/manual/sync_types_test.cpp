#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "dataset/catalog.hpp"
#include "manual_files.hpp"
#include "model/sync_wish.hpp"

// What texts say of the sync types is what the catalog has: the client, the interface and the
// manual pages list them by hand.

namespace nbasync::testing {
namespace {

using ::testing::ElementsAreArray;

std::vector<std::string> types_in_order() {
  const auto types = sync_types();
  return {types.begin(), types.end()};
}

// The words of the list that ends with `full`: nothing but them, commas and marks between them.
std::vector<std::string> listed(const std::string& text) {
  std::vector<std::string> words;
  const std::regex form("[a-z_]{3,}");
  const auto list = text.substr(0, text.find(kFullSync) + std::string(kFullSync).size());
  for (std::sregex_iterator match(list.begin(), list.end(), form), end; match != end; ++match) {
    if (match->str() != "and") words.push_back(match->str());
  }
  return words;
}

TEST(SyncTypesTest, StandInTheHelpOfTheClient) {
  const auto help = ctl::parse_arguments({"sync", "--help"}).help;
  EXPECT_THAT(listed(between(help, "\n  TYPE ", "which is all of them")),
              ElementsAreArray(types_in_order()));
}

TEST(SyncTypesTest, StandInTheHelpOfTheDaemon) {
  const auto help = check({NBASYNCD, "--help"}).output;
  EXPECT_THAT(listed(between(help, "TYPE is one of", "\n  --")),
              ElementsAreArray(types_in_order()));
}

TEST(SyncTypesTest, StandInTheManualPages) {
  const auto client = between(read_source("ctl/man/nbasyncctl.1"), ".It Cm sync Ar TYPE\n", ".Bl");
  EXPECT_THAT(listed(between(client, "for the end:\n", "which is")),
              ElementsAreArray(types_in_order()));
  const auto daemon =
      between(read_source("daemon/man/nbasyncd.8"), ".It Fl -once Ar TYPE\n", ".It");
  EXPECT_THAT(listed(between(daemon, "and end:\n", "For\n")), ElementsAreArray(types_in_order()));
}

TEST(SyncTypesTest, StandInTheInterfaceAndTheReadme) {
  const auto interface = read_source("systemd/org.nbasync.Sync1.Manager.xml");
  EXPECT_THAT(listed(between(interface, "      type:", "(all of them")),
              ElementsAreArray(types_in_order()));
  EXPECT_THAT(listed(between(read_source("README.md"), "\nTypes: `", "which is all of them")),
              ElementsAreArray(types_in_order()));
}

}  // namespace
}  // namespace nbasync::testing
