#include "system/machine.hpp"

namespace nbasync::testing {
namespace {

// Units that the daemon has started when data has changed: by the rule of polkit, out of its
// sandbox.
class HookTest : public Machine {
 protected:
  static constexpr const char* kExample =
      "/usr/share/doc/nbasync/examples/nbasync-hook-example.service";

  static constexpr const char* kToldOnce =
      R"(nbasyncctl status --json | grep -q "\"successes\": 1")";

  void TearDown() override {
    if (!IsSkipped()) {
      run("rm -f /etc/systemd/system/nbasync-hook-* /etc/systemd/system/other.service; "
          "rm -rf /var/lib/private/nbasync-hook-example; systemctl daemon-reload");
    }
    Machine::TearDown();
  }

  void unit(const std::string& name, const std::string& command) const {
    expect("printf '[Service]\\nType=oneshot\\nExecStart=" + command +
           "\\n' >/etc/systemd/system/" + name + "; systemctl daemon-reload");
  }
  void hook(const std::string& name) const {
    configure("70-hooks", "hooks: [{name: example, unit: " + name + "}]\n");
    expect("nbasyncctl reload");
  }
};

TEST_F(HookTest, TheExampleWritesDownWhatHasChanged) {
  expect(std::string("cp ") + kExample + " /etc/systemd/system; systemctl daemon-reload");
  hook("nbasync-hook-example.service");
  expect("nbasyncctl sync teams");
  const auto last = query("SELECT max(seq) FROM nbasync_changes");
  const auto file = "/var/lib/private/nbasync-hook-example/changes-" + last + ".ndjson";
  await("test -s " + file);
  EXPECT_EQ(expect("wc -l <" + file), query("SELECT count(*) FROM nbasync_changes"));
  EXPECT_EQ(
      expect("grep -c '\"last_seq\":" + last + "' /run/nbasync/hooks/nbasync-hook-example.json"),
      "1");
  await(kToldOnce);
  expect(
      "systemctl restart nbasyncd.service; test -s /run/nbasync/hooks/nbasync-hook-example.json");
}

TEST_F(HookTest, TheObjectIsItsInput) {
  unit("nbasync-hook-input.service",
       "/bin/sh -c \"cat "
       ">/run/input\"\\nStandardInput=file:/run/nbasync/hooks/%%N.json\\nUser=root");
  hook("nbasync-hook-input.service");
  expect("nbasyncctl sync teams");
  await(R"(grep -q "\"sync_type\":\"teams\"" /run/input)");
  expect("rm /run/input");
}

TEST_F(HookTest, TheDaemonsUserMayRestartThoseUnitsAndNothingElse) {
  unit("nbasync-hook-mine.service", "/bin/true");
  unit("other.service", "/bin/true");
  EXPECT_EQ(ask_systemd("nbasync", "RestartUnit ss nbasync-hook-mine.service fail").status, 0);
  EXPECT_NE(ask_systemd("nbasync", "RestartUnit ss other.service fail").status, 0);
  EXPECT_NE(ask_systemd("nbasync", "StartUnit ss nbasync-hook-mine.service fail").status, 0);
  EXPECT_NE(ask_systemd("nbasync", "StopUnit ss nbasync-hook-mine.service fail").status, 0);
  EXPECT_NE(as("nbasync", "systemctl --no-ask-password start nbasync-hook-mine.service").status, 0);
  EXPECT_NE(ask_systemd("stranger", "RestartUnit ss nbasync-hook-mine.service fail").status, 0);
  EXPECT_NE(ask_systemd("member", "RestartUnit ss nbasync-hook-mine.service fail").status, 0);
}

TEST_F(HookTest, TheDaemonsUserMayNotSayWhatAUnitRuns) { expect_that_units_are_roots(); }

TEST_F(HookTest, ARefusalOfPolkitIsAProblemOfTheDaemons) {
  unit("nbasync-hook-mine.service", "/bin/true");
  expect("mv /usr/share/polkit-1/rules.d/nbasync.rules /run/; systemctl restart polkit.service");
  configure("70-hooks", "hooks: [{name: example, unit: nbasync-hook-mine.service, retries: 1}]\n");
  expect("nbasyncctl reload; nbasyncctl sync teams");
  await("nbasyncctl status | grep -q \"hooks.example.* nbasync-hook-mine.service: \"");
  expect("mv /run/nbasync.rules /usr/share/polkit-1/rules.d/; systemctl restart polkit.service");
  expect("nbasyncctl sync schedule");
  await(kToldOnce);
}

}  // namespace
}  // namespace nbasync::testing
