#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "integration/daemon/client_fixture.hpp"
#include "support/control_stand_in.hpp"
#include "support/other_user.hpp"

// The mistakes that people make, and what else keeps them from what they want: each gets a sentence
// that says what to do, and its exit code.

namespace nbasync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class PersonErrorsTest : public ClientFixture {
 protected:
  PersonErrorsTest() { configure("schedules: [{name: nightly, sync: full, cron: '0 6 * * *'}]\n"); }

  int run(Words words) { return ClientFixture::run(kOverSocket, std::move(words)); }

  // That it ends so, with one line that has this in it.
  void expect(int status, const Words& words, const std::string& sentence) {
    const auto line = ::testing::PrintToString(words);
    EXPECT_EQ(run(words), status) << line << err_;
    EXPECT_THAT(err_, AllOf(StartsWith("nbasyncctl: "), HasSubstr(sentence))) << line;
    EXPECT_EQ(std::ranges::count(err_, '\n'), 1) << line;
    EXPECT_THAT(out_, IsEmpty()) << line;
  }

  // The same where nobody answers at this socket.
  void expect_at(const std::string& socket, int status, const std::string& sentence) {
    Process process({NBASYNCCTL, "status", "--socket", socket});
    EXPECT_EQ(process.wait(), status);
    EXPECT_THAT(process.err(), AllOf(StartsWith("nbasyncctl: "), HasSubstr(sentence)));
  }
};

TEST_F(PersonErrorsTest, MistakesOfTheCommandLine) {
  start_daemon();
  const struct {
    Words words;
    const char* sentence;
  } kMistakes[] = {
      {{"snyc"}, "unknown command 'snyc'; did you mean 'sync'?"},
      {{"help", "snyc"}, "unknown command 'snyc'; did you mean 'sync'?"},
      {{"sync"}, "sync: TYPE is required; see 'nbasyncctl sync --help'"},
      {{"sync", "temas"}, "unknown sync type 'temas'; did you mean 'teams'?"},
      {{"sync", "teams", "extra"}, "one word too many: 'extra'; see 'nbasyncctl sync --help'"},
      {{"sync", "teams", "--seson", "auto"}, "unknown option '--seson'; did you mean '--season'?"},
      {{"sync", "teams", "--season", "2025"}, "write it as 2025-26, or auto"},
      {{"sync", "teams", "--season", "1925-26"}, "no season from 1946-47 to"},
      {{"sync", "teams", "--season", "2091-92"}, "no season from 1946-47 to"},
      {{"sync", "teams", "--timeout", "soon"}, "write it like 30s, 5m or 2h30m"},
      {{"sync", "teams", "--timeout", "-5s"}, "write it like 30s, 5m or 2h30m"},
      {{"sync", "teams", "--run-timeout", "0s"}, "must be more than 0"},
      {{"sync", "teams", "--if-busy", "maybe"}, "known are: queue, fail, join"},
      {{"status", "--chekc"}, "unknown option '--chekc'; did you mean '--check'?"},
      {{"status", "--check", "--watch"}, "--check cannot be said together with --watch"},
      {{"status", "-x"}, "unknown option '-x'; see 'nbasyncctl status --help'"},
      {{"status", "extra"}, "one word too many: 'extra'"},
      {{"status", "--system"}, "cannot be said together with"},
      {{"runs", "-n", "0"}, "--limit: '0' is no whole number from 1 to 1000"},
      {{"runs", "-n", "many"}, "--limit: 'many' is no whole number from 1 to 1000"},
      {{"runs", "--type", "temas"}, "unknown sync type 'temas'; did you mean 'teams'?"},
      {{"runs", "--status", "good"}, "known are: started, success, failed"},
      {{"cancel"}, "cancel: RUN is required; see 'nbasyncctl cancel --help'"},
      {{"explain"}, "explain: SCHEDULE is required; see"},
      {{"games", "2026-13-01"}, "2026-13-01 is no date; write it as 2026-01-15"},
      {{"games", "thursday"}, "thursday is no date; write it as 2026-01-15"},
      {{"standings", "2025"}, "2025 is no season; write it as 2025-26"},
      {{"backfill", "2015-16.."}, "is no range of seasons; write it as 2015-16..2024-25"},
      {{"backfill", "2015..2016"}, "write it as 2025-26"},
      {{"changes", "--since", "-1"}, "--since: '-1' is no whole number from 0 on"},
      {{"changes", "--since", "yesterday"}, "--since: 'yesterday' is no whole number from 0 on"},
      {{"changes", "--table", "gmaes"}, "gmaes is not known; did you mean 'games'?"},
  };
  for (const auto& [words, sentence] : kMistakes) {
    expect(2, words, sentence);
  }
  Process alone({NBASYNCCTL});
  EXPECT_EQ(alone.wait(), 2);
  EXPECT_EQ(alone.err(), "nbasyncctl: no command; see 'nbasyncctl --help'\n");
  Process without_value({NBASYNCCTL, "sync", "teams", "--season"});
  EXPECT_EQ(without_value.wait(), 2);
  EXPECT_THAT(without_value.err(), HasSubstr("--season needs a value; see"));
}

TEST_F(PersonErrorsTest, WhatIsNotThere) {
  start_daemon();
  expect(5, {"run"}, "there was no sync yet; 'nbasyncctl sync full' begins one");
  ASSERT_EQ(run({"sync", "teams", "-q"}), 0) << err_;
  const auto run_id = query("SELECT run_id FROM data_sync_log");
  const std::string unknown = "00000000-0000-4000-8000-000000000000";
  expect(5, {"run", unknown}, "there is no run '" + unknown + "'; see nbasyncctl runs");
  for (const auto* verb : {"run", "cancel", "watch"}) {
    expect(5, {verb, "ffffffff"}, "no run begins with 'ffffffff'; see 'nbasyncctl runs'");
  }
  expect(5, {"cancel", run_id}, "has ended already: success; there is nothing to cancel");
  expect(5, {"explain", "nigthly"}, "there is no schedule 'nigthly'; did you mean 'nightly'?");
  expect(5, {"changes", "--since", "99999"}, "read its tables, then ask for the changes since");
  EXPECT_EQ(run({"player", "nobody"}), 5);
  EXPECT_THAT(err_, HasSubstr("'nbasyncctl sync players' fetches"));
}

TEST_F(PersonErrorsTest, WhoIsBusySaysWithWhat) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  const auto first = spawn(kOverSocket, {"sync", "teams"});
  await_request("leaguestandingsv3");
  const std::string sentence = "Another sync operation is already in progress: teams started at ";
  expect(4, {"sync", "full"}, sentence);
  expect(4, {"sync", "schedule", "--if-busy", "fail"}, sentence);
  const auto run_id = query("SELECT run_id FROM data_sync_log");
  EXPECT_EQ(run({"cancel", run_id}), 0) << err_;
  EXPECT_EQ(first->wait(), 8);
  EXPECT_THAT(first->err(), HasSubstr("nbasyncctl: teams cancelled"));
  expect(5, {"cancel", run_id}, "has ended already: cancelled; there is nothing to cancel");
}

TEST_F(PersonErrorsTest, NoDaemonAndNobodyBehindTheSocket) {
  expect_at(socket_, 6, "No such file or directory; start it with 'systemctl start nbasyncd'");
  const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_.string().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(left);
  expect_at(socket_, 6, "Connection refused; start it with 'systemctl start nbasyncd'");
}

TEST_F(PersonErrorsTest, WhoMayNot) {
  if (!OtherUser::possible()) GTEST_SKIP() << "only root can be somebody else";
  start_daemon();
  std::filesystem::permissions(directory_.path(), std::filesystem::perms(0711));
  ASSERT_EQ(::chmod(socket_.c_str(), 0660), 0);
  {
    const OtherUser stranger;
    expect_at(socket_, 7, "root and the group nbasync may");
  }
  ASSERT_EQ(::chmod(socket_.c_str(), 0666), 0);
  const OtherUser stranger;
  expect(7, {"sync", "teams"}, "join the group nbasync: 'sudo usermod -aG nbasync $USER'");
  expect(7, {"pause"}, "join the group nbasync");
}

TEST_F(PersonErrorsTest, AnOlderDaemonIsNamedAsSuch) {
  ControlStandIn older;
  older.answer("GET /api/v1/doctor",
               {.status = 404,
                .body = R"({"code":"not-found","detail":"there is nothing at '/api/v1/doctor'"})",
                .content_type = "application/problem+json"});
  Process process({NBASYNCCTL, "doctor", "--socket", older.path()});
  EXPECT_EQ(process.wait(), 5);
  EXPECT_THAT(process.err(), HasSubstr("it is older than nbasyncctl " NBASYNC_VERSION
                                       "; 'systemctl restart nbasyncd' starts the one"));
}

TEST_F(PersonErrorsTest, AMistakeInTheConfigurationHasItsPlace) {
  start_daemon();
  configure("seson: 2024-25\n");
  expect(78, {"reload"}, "did you mean 'season'?");
  EXPECT_THAT(err_, HasSubstr("nbasyncd.yaml:"));
  EXPECT_EQ(run({"status"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("the configuration has a mistake, the one before is in force"));
}

}  // namespace
}  // namespace nbasync::testing
