#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "scene_client.hpp"
#include "support/emulated_terminal.hpp"
#include "support/has_program.hpp"

// What a person sees: whole screens of a terminal, compared with the files of tests/screens.
// NBASYNC_WRITE_SCREENS=1 writes these anew.

namespace nbasync::testing {
namespace {

using Size = EmulatedTerminal::Size;

constexpr Size kUsual{80, 24};
constexpr Size kNarrow{60, 24};
constexpr Size kTall{100, 50};
constexpr Size kLow{80, 8};

enum class Look { kPlain, kColours, kAscii, kNoColour, kPiped };

struct Shot {
  const char* name;   // of the file
  const char* scene;  // likewise, in scenes
  const char* words;  // of the command line
  Size size = kUsual;
  Look look = Look::kPlain;
};

[[maybe_unused]] void PrintTo(const Shot& shot, std::ostream* out) { *out << shot.name; }

constexpr Shot kShots[] = {
    {"status-idle", "idle", "status"},
    {"status-idle-colours", "idle", "status", kUsual, Look::kColours},
    {"status-idle-ascii", "idle", "status", kUsual, Look::kAscii},
    {"status-idle-narrow", "idle", "status", kNarrow},
    {"status-idle-tall", "idle", "status", kTall},
    {"status-idle-all", "idle", "status --all", kTall},
    {"status-idle-piped", "idle", "status", kTall, Look::kPiped},
    {"status-idle-utc", "idle", "status --utc"},
    {"status-busy", "busy", "status"},
    {"status-busy-ascii", "busy", "status", kUsual, Look::kAscii},
    {"status-busy-narrow", "busy", "status", kNarrow},
    {"status-failed", "failed", "status"},
    {"status-failed-colours", "failed", "status", kUsual, Look::kColours},
    {"status-failed-no-colour", "failed", "status", kUsual, Look::kNoColour},
    {"status-failed-narrow", "failed", "status", kNarrow},
    {"status-first", "first", "status"},
    {"status-troubles", "troubles", "status", kTall},
    {"status-watch", "sync", "status --watch"},
    {"status-watch-low", "sync", "status --watch", kLow},
    {"sync", "sync", "sync full"},
    {"sync-colours", "sync_failing", "sync full", kUsual, Look::kColours},
    {"sync-ascii", "sync_failing", "sync full", kUsual, Look::kAscii},
    {"sync-low", "sync", "sync full", kLow},
    {"sync-narrow", "sync", "sync full", kNarrow},
    {"sync-waiting", "sync_waiting", "sync full"},
    {"sync-ended", "sync_ended", "sync full"},
    {"sync-ended-piped", "sync_ended", "sync full", kUsual, Look::kPiped},
    {"run", "sync_ended", "run", kTall},
    {"watch", "watch", "watch"},
    {"watch-narrow", "watch", "watch", kNarrow},
    {"watch-ascii", "watch", "watch", kUsual, Look::kAscii},
    {"runs", "failed", "runs"},
    {"runs-narrow", "failed", "runs", kNarrow},
    {"schedules", "failed", "schedules"},
    {"schedules-narrow", "failed", "schedules", kNarrow},
    {"explain", "explain", "explain nightly"},
    {"games", "games", "games"},
    {"games-narrow", "games", "games", kNarrow},
    {"games-colours", "games", "games", kUsual, Look::kColours},
};

class ScreenTest : public ::testing::TestWithParam<Shot> {
 protected:
  static std::vector<std::string> environment_of(Look look) {
    std::vector<std::string> environment{"TZ=America/New_York"};
    environment.emplace_back(look == Look::kAscii ? "LANG=C" : "LANG=C.UTF-8");
    if (look == Look::kNoColour) environment.emplace_back("NO_COLOR=1");
    return environment;
  }

  // What the terminal shows of it; the shell says when it has ended, unless it has said so itself.
  static std::string command_of(const Shot& shot) {
    const auto scene = std::string(NBASYNC_SCREENS "/scenes/") + shot.scene + ".json";
    auto command = NBASYNCCTL_AT_NOON " " + scene + " " + shot.words;
    if (shot.look == Look::kPiped) command += " 2>&1 | cat";
    return command + "; printf '" + SceneClient::kDrawn + "'; read -r end";
  }
};

TEST_P(ScreenTest, IsAsItsFileHasIt) {
  if (!has_program("tmux")) GTEST_SKIP() << "tmux is not installed";
  const auto& shot = GetParam();
  const EmulatedTerminal terminal(shot.size, environment_of(shot.look), command_of(shot));
  ASSERT_TRUE(terminal.wait_for_title("drawn")) << terminal.screen(false);
  const bool colours = shot.look == Look::kColours || shot.look == Look::kNoColour;
  const auto seen = terminal.screen(colours);

  const auto name = std::string(NBASYNC_SCREENS "/") + shot.name + ".txt";
  if (std::getenv("NBASYNC_WRITE_SCREENS") != nullptr) std::ofstream(name) << seen;
  std::ifstream file(name);
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(seen, expected.str());
}

INSTANTIATE_TEST_SUITE_P(Screens, ScreenTest, ::testing::ValuesIn(kShots), [](const auto& shot) {
  std::string name = shot.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace nbasync::testing
