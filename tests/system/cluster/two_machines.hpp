#pragma once

#include <gmock/gmock.h>

#include <future>
#include <string>
#include <vector>

#include "support/readme.hpp"
#include "system/machine.hpp"

namespace nbasync::testing {

// Two machines, one and two, on which the README's chapter has been followed: with an empty
// PostgreSQL on one, which is db.example. What the chapter says in words alone is done here.
class TwoMachinesTest : public Machine {
 protected:
  void SetUp() override {
    if (const auto reason = two_.skipped(); !reason.empty()) GTEST_SKIP() << reason;
    auto other = std::async(std::launch::async, [this] { two_.set_up(); });
    Machine::SetUp();
    other.get();
    if (IsSkipped() || HasFailure()) return;
    empty_server();
    follow_on(one_);
    await_status(one_, "Holder: one");
    follow_on(two_);
    both_say("Holder: one; two, follower");
    ASSERT_FALSE(HasFailure()) << "the chapter does not lead there";
  }

  void TearDown() override {
    if (IsSkipped()) return;
    if (HasFailure()) std::cerr << two_.diagnosis();
    Machine::TearDown();
    for (const auto* host : both_) host->run("systemctl stop nbasyncd.s*");
  }

  // Until nbasyncctl status on this host says so.
  static void await_status(const Host& host, const std::string& text) {
    host.await("nbasyncctl status | grep -q \"" + text + "\"");
  }
  void both_say(const std::string& text) const {
    for (const auto* host : both_) await_status(*host, text);
  }

  // What the database says to its reader, who asks from two.
  Outcome ask_as_analyst(const std::string& sql) const {
    return two_.run(
        "PGPASSWORD='another secret' psql -AtX \"$(sed -n 's/.*url: \"\\([^\"]*\\)\".*/" +
        std::string("\\1/; s/nbasync@/analyst@/p' ") + file_ + ")\" -c \"" + sql + "\"");
  }
  std::string query(const std::string& sql) const {
    auto answer = ask_as_analyst(sql);
    EXPECT_EQ(answer.status, 0) << sql << "\n" << answer.text;
    while (answer.text.ends_with('\n')) answer.text.pop_back();
    return answer.text;
  }

  void start_server() const { expect(kServer + "systemctl start postgresql@$version-main"); }

  // As Debian makes it, and with what the chapter wants of it: it listens, lets the hosts in, and
  // has a certificate. The next test finds it, and empties it.
  void empty_server() {
    const auto emptied =
        run("cd /; runuser -u postgres -- psql -q -c 'DROP DATABASE IF EXISTS nba WITH (FORCE)' "
            "-c 'DROP ROLE IF EXISTS nbasync' -c 'DROP ROLE IF EXISTS analyst'");
    if (emptied.status != 0) make_server();
    authority_ = expect(kServer + "cat $settings/server.crt");
    const auto words = expect(as_newcomer(block("sh")));
    EXPECT_EQ(words.find("ERROR"), std::string::npos) << words;
  }

  // The tests are root, and a machine need not have sudo.
  static std::string as_newcomer(const std::string& commands) {
    return "sudo() { if [ \"$1\" = -u ]; then shift; runuser -u \"$@\"; else env \"$@\"; fi; }\n"
           "set -e; cd /; " +
           commands;
  }

  static std::string block(const std::string& language, int n = 0) {
    return readme_block(NBASYNC_SOURCE, "More than one machine", language, n);
  }

  // The name that the block has in its first line.
  static std::string file_of(const std::string& block) {
    const auto start = block.find('/');
    return block.substr(start, block.find('\n') - start);
  }

  static constexpr const char* kRuns =
      "SELECT sync_type, status FROM data_sync_log WHERE run_id NOT LIKE '%/%' ORDER BY "
      "completed_at";

  const Host& one_ = *this;
  Host two_{NBASYNC_MACHINE "-two"};
  const std::vector<const Host*> both_{&one_, &two_};
  const std::string file_ = file_of(block("yaml"));  // what makes a daemon one of the two

 private:
  // The newest that is installed.
  inline static const std::string kServer =
      "set -e; version=$(ls /usr/lib/postgresql | sort -n | tail -n 1); "
      "settings=/etc/postgresql/$version/main; ";

  void make_server() const {
    run(kServer + "pg_dropcluster --stop $version main");
    expect(kServer +
           "pg_createcluster $version main; cd $settings; "
           "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=db.example "
           "-addext subjectAltName=DNS:db.example -keyout server.key -out server.crt 2>&1; "
           "chown postgres server.key; set -f; "
           "for setting in 'listen_addresses *' 'ssl on' \"ssl_cert_file $PWD/server.crt\" "
           "\"ssl_key_file $PWD/server.key\"; do pg_conftool $version main set $setting; done; "
           "cat >>pg_hba.conf <<'END'\n" +
           block("") + "END\n");
    start_server();
  }

  // The chapter's part "Each host".
  void follow_on(const Host& host) const {
    host.expect("cat >/etc/nbasync/database-ca.pem <<'END'\n" + authority_ + "\nEND\n");
    host.expect("cat >" + file_ + " <<'END'\n" + block("yaml") + "END\n");
    host.expect(as_newcomer(block("sh", 1)));
  }

  std::string authority_;
};

}  // namespace nbasync::testing
