#include <gmock/gmock.h>

#include "config/dump.hpp"
#include "config_files.hpp"

namespace nbasync {
namespace {

using testing::complaint;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::load_text;
using ::testing::Not;
using ::testing::StartsWith;

TEST(HooksConfigTest, EachSaysWhomToTellAndOfWhat) {
  const auto hooks = load_text(
                         "hooks:\n"
                         "  - {name: site, url: 'https://u:secret@example.org/nba?a=1', "
                         "token_file: t, timeout: 3s, retries: 1}\n"
                         "  - {name: report, on: [game_logs, corrections], "
                         "unit: nbasync-hook-report.service}\n")
                         .hooks;
  ASSERT_EQ(hooks.size(), 2U);
  EXPECT_EQ(hooks[0].url, "https://u:secret@example.org/nba?a=1");
  EXPECT_EQ(hooks[0].token_file->filename(), "t");
  EXPECT_EQ(hooks[0].timeout, std::chrono::seconds(3));
  EXPECT_EQ(hooks[0].retries, 1);
  EXPECT_THAT(hooks[0].on, ElementsAre());
  EXPECT_THAT(hooks[1].on, ElementsAre("game_logs", "corrections"));
  EXPECT_EQ(hooks[1].unit, "nbasync-hook-report.service");
  EXPECT_EQ(hooks[1].timeout, std::chrono::seconds(10));
  EXPECT_EQ(hooks[1].retries, 5);
}

TEST(HooksConfigTest, PasswordsAreNotWritten) {
  const auto config = load_text("hooks: [{name: site, url: 'https://u:secret@example.org/nba'}]\n");
  EXPECT_THAT(dump_config(config, {}), HasSubstr("https://***@example.org/nba"));
  EXPECT_THAT(complaint("hooks: [{name: site, url: 'ftp://u:secret@example.org/'}]\n"),
              Not(HasSubstr("secret")));
}

// Nobody could be told at such an address, and what of it is the password is not known.
TEST(HooksConfigTest, AUrlThatCannotBeReadIsRefusedWithoutItsPassword) {
  for (const auto* url : {"http://user:se/cret@host/", "http://user:se?cret@host/",
                          "https://user:se-cret@host:99999/"}) {
    const auto why = complaint("hooks: [{name: site, url: '" + std::string(url) + "'}]\n");
    EXPECT_THAT(why, HasSubstr("is no URL")) << url;
    EXPECT_THAT(why, Not(HasSubstr("cret"))) << url;
  }
}

TEST(HooksConfigTest, AMistakeIsToldWithItsPlace) {
  const auto of = [](const std::string& keys) {
    return complaint("hooks:\n  - {name: a, " + keys + "}\n");
  };
  EXPECT_THAT(of("on: [x]"), StartsWith("2:19: hooks[0].on: 'x' is not known here"));
  EXPECT_THAT(of("on: []"), StartsWith("2:5: hooks[0]: it needs one of url and unit"));
  EXPECT_THAT(of("url: 'http://x', unit: nbasync-hook-a.service"),
              HasSubstr("one of url and unit"));
  EXPECT_THAT(of("url: 'file:///x'"), HasSubstr("'file:///x' is no URL"));
  EXPECT_THAT(of("url: 'http://x/a b'"), HasSubstr("is no URL"));
  EXPECT_THAT(of("unit: nbasync-hook-a.service, token_file: t"), HasSubstr("only for url"));
  EXPECT_THAT(of("url: 'http://x', retries: 0"), HasSubstr("0 is out of range: 1 to 20"));
  EXPECT_THAT(of("url: 'http://x', timeout: 1h"), HasSubstr("1s to 5m"));
  EXPECT_THAT(of("urls: x"), HasSubstr("did you mean 'url'?"));
  EXPECT_THAT(complaint("hooks: [{url: 'http://x'}]\n"), HasSubstr("it needs a name"));
  EXPECT_THAT(complaint("hooks:\n  - {name: a, url: 'http://x'}\n  -\nseason: auto\n"),
              StartsWith("2:3: hooks[1]: it is empty"));
  EXPECT_THAT(complaint("hooks: [{name: a/b}]\n"), HasSubstr("'a/b' is no name"));
  EXPECT_THAT(complaint("hooks: [{name: a, url: 'http://x'}, {name: a, url: 'http://y'}]\n"),
              HasSubstr("hooks[1]: there is another hook 'a'"));
  EXPECT_THAT(complaint("hooks: [{name: a, unit: nbasync-hook-x.service}, "
                        "{name: b, unit: nbasync-hook-x.service}]\n"),
              HasSubstr("hooks[1]: another hook starts nbasync-hook-x.service"));
}

// What polkit's rule lets the daemon start.
TEST(HooksConfigTest, OnlyUnitsOfHooksMayBeNamed) {
  for (const auto* unit :
       {"ssh.service", "nbasync-hook-.service", "nbasync-hook-a.timer", "nbasync-hook-a",
        "nbasync-hook-a@b.service", "nbasync-hook-../a.service", "xnbasync-hook-a.service",
        "nbasyncd.service", "nbasync-hook-a b.service", "nbasync-hook"}) {
    EXPECT_THAT(complaint("hooks:\n- {name: a, unit: '" + std::string(unit) + "'}\n"),
                HasSubstr("may not be started; the daemon may start nbasync-hook-NAME.service"))
        << unit;
  }
  EXPECT_THAT(
      complaint("hooks: [{name: a, unit: nbasync-hook-" + std::string(250, 'a') + ".service}]\n"),
      HasSubstr("may not be started"));
}

}  // namespace
}  // namespace nbasync
