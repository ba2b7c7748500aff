#include <gmock/gmock.h>

#include "config_files.hpp"

namespace nbasync {
namespace {

using testing::complaint;
using ::testing::HasSubstr;
using testing::load_text;

TEST(SnapshotsConfigTest, SaysWhereWhenAndHowMany) {
  const auto config = load_text("snapshots: {directory: /srv/nba, cron: '30 8 * * *', keep: 30}\n");
  EXPECT_EQ(config.snapshots.directory, "/srv/nba");
  EXPECT_EQ(config.snapshots.cron, Cron("30 8 * * *"));
  EXPECT_EQ(config.snapshots.keep, 30);
  const Config usual;
  EXPECT_FALSE(usual.snapshots.directory);
  EXPECT_FALSE(usual.snapshots.cron);
  EXPECT_EQ(usual.snapshots.keep, 7);
}

TEST(SnapshotsConfigTest, OneWithoutTheOtherIsAMistake) {
  EXPECT_THAT(complaint("snapshots: {cron: '@daily'}\n"),
              HasSubstr("cron: says when, and 'directory' has to say where"));
  EXPECT_THAT(complaint("snapshots: {directory: /srv/nba}\n"),
              HasSubstr("directory: says where, and 'cron' has to say when"));
  EXPECT_THAT(complaint("snapshots: {directory: /srv/nba, cron: '@never'}\n"), HasSubstr("cron"));
  EXPECT_THAT(complaint("snapshots: {keep: 0}\n"), HasSubstr("keep"));
}

}  // namespace
}  // namespace nbasync
