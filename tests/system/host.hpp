#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/unique_fd.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"

namespace nbasync::testing {

// How a command inside a machine ended, and all that it said.
struct Outcome {
  int status = -1000;
  std::string text;
};

// A machine that machine.sh has booted, with the package installed.
class Host {
 public:
  explicit Host(std::string folder) : folder_(std::move(folder)) {}

  // Why it could not be booted; empty: it was.
  std::string skipped() const { return content("skipped"); }

  // Has to be called before a command is run.
  void find() {
    leader_ = content("leader");
    ASSERT_FALSE(leader_.empty()) << "the machine is not up; run all tests of the label system";
    while (leader_.ends_with('\n')) leader_.pop_back();
  }

  // The daemon runs, with an empty database and an upstream that serves the demo season.
  void set_up() {
    ASSERT_NO_FATAL_FAILURE(find());
    upstream();
    run("rm -rf /etc/nbasync/token /run/systemd/system/nbasyncd.service.d "
        "/run/systemd/system.control");
    run("rm -f /etc/nbasync/conf.d/*");
    configure("50-test",
              "season: 2025-26\n"
              "upstream: {stats_url: http://127.0.0.1:8090/stats, "
              "cdn_url: http://127.0.0.1:8090/cdn, min_interval: 0s}\n"
              "sync: {on_start: never}\n"
              "schedules: []\n");
    expect(
        "systemctl daemon-reload; systemctl start dbus.socket dbus.service;"
        "systemctl stop nbasyncd.service; rm -rf /var/lib/nbasync/*;"
        "systemctl reset-failed; systemctl start nbasyncd.socket nbasyncd.service");
    expect("until busctl --quiet status org.nbasync.Sync1 2>/dev/null; do sleep 0.05; done");
    run("journalctl --rotate --quiet; journalctl --vacuum-time=1us --quiet");
  }

  std::string diagnosis() const {
    if (leader_.empty()) return {};
    return run("journalctl --no-pager -n 60; systemctl status --no-pager nbasyncd").text;
  }

  // Runs a command line in the machine, as root. It is killed at the ceiling.
  Outcome run(const std::string& command) const { return run_as({}, command); }

  // As a user of the machine: root, "member" of the group nbasync, "stranger", or "nbasync".
  Outcome as(const std::string& user, const std::string& command) const {
    return run_as({"setpriv", "--reuid", user, "--regid", user, "--init-groups"}, command);
  }

  // The same with a call of the service manager, as busctl takes it.
  Outcome ask_systemd(const std::string& user, const std::string& call) const {
    return as(user,
              "busctl call -- org.freedesktop.systemd1 /org/freedesktop/systemd1 "
              "org.freedesktop.systemd1.Manager " +
                  call);
  }

  // The daemon's user may have the unit of a hook run, but not say what it runs: that is root's.
  void expect_that_units_are_roots() const {
    expect(
        "printf '[Service]\\nType=oneshot\\nExecStart=/bin/true\\n' "
        ">/etc/systemd/system/nbasync-hook-mine.service; systemctl daemon-reload");
    const auto mine = ask_systemd("nbasync", "RestartUnit ss nbasync-hook-mine.service fail");
    EXPECT_EQ(mine.status, 0) << mine.text;
    const auto own = ask_systemd("nbasync",
                                 "StartTransientUnit 'ssa(sv)a(sa(sv))' nbasync-hook-x.service "
                                 "fail 1 ExecStart 'a(sasb)' 1 /bin/sh 3 /bin/sh -c "
                                 "'id >/run/owned' false 0");
    EXPECT_NE(own.status, 0) << own.text;
    const bool is_refusal = own.text.find("denied") != std::string::npos ||
                            own.text.find("authentication required") != std::string::npos;
    EXPECT_TRUE(is_refusal) << "for another reason: " << own.text;
    expect(
        "test ! -e /run/owned; rm /etc/systemd/system/nbasync-hook-mine.service; "
        "systemctl daemon-reload");
  }

  // What a command says that has to succeed.
  std::string expect(const std::string& command) const {
    auto outcome = run(command);
    EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.text;
    while (outcome.text.ends_with('\n')) outcome.text.pop_back();
    return outcome.text;
  }

  // Waits until a command succeeds; a failure of the test if it never does.
  void await(const std::string& command) const {
    expect("timeout 30 sh -c 'until " + command + "; do sleep 0.05; done'");
  }

  // From now on this thread, and what it starts, is in the machine's network.
  void enter_network() const {
    const UniqueFd network(::open(("/proc/" + leader_ + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC));
    ASSERT_EQ(::setns(network.get(), CLONE_NEWNET), 0) << std::strerror(errno);
  }

  // A property of the daemon's unit.
  std::string property(const std::string& name) const {
    return expect("systemctl show --value -p " + name + " nbasyncd.service");
  }

  // A cell of the database.
  std::string query(const std::string& sql) const {
    return expect("sqlite3 -readonly /var/lib/nbasync/nba_data.db \"" + sql + "\"");
  }

  void configure(const std::string& name, const std::string& yaml) const {
    expect("cat >/etc/nbasync/conf.d/" + name + ".yaml <<'END'\n" + yaml + "END\n");
  }

  // Starts the stand-in anew; a fault is ENDPOINT=FAULT, and a season the folder of its answers.
  void upstream(const std::string& fault = "",
                const std::string& season = NBASYNC_DEMO_SEASON) const {
    run("systemctl stop upstream.service");
    expect("systemd-run --quiet --collect --unit=upstream " NBASYNC_UPSTREAM " --dir " + season +
           " --port 8090" + (fault.empty() ? "" : " --fault " + fault));
    expect("until curl -s -o /dev/null http://127.0.0.1:8090/; do sleep 0.05; done");
  }

  // Starts a sync that does not end by itself, and waits until upstream has been asked.
  void start_endless_sync(const std::string& fault = "drip=1000") const {
    upstream("leaguestandingsv3=" + fault);
    expect("nbasyncctl sync full --no-wait");
    await("nbasyncctl status --json | grep -q \"\\\"sync_in_progress\\\": true\"");
  }

 private:
  std::string content(const std::string& name) const { return file_text(folder_ + "/" + name); }

  Outcome run_as(const std::vector<std::string>& user, const std::string& command) const {
    std::vector<std::string> words{
        "nsenter", "-t",      leader_, "-a", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG=C",  "timeout", "60"};
    words.insert(words.end(), user.begin(), user.end());
    words.insert(words.end(), {"sh", "-c", command + "\n"});
    Process process(words);
    const auto status = process.wait(std::chrono::seconds(70));
    return {status.value_or(-1000), process.out() + process.err()};
  }

  std::string folder_;
  std::string leader_;
};

}  // namespace nbasync::testing
