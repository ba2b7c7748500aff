#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "integration/daemon/client_fixture.hpp"
#include "support/predecessor_file.hpp"
#include "support/raw_connection.hpp"

// doctor, through the real programs: over the socket, on the bus, and without a daemon.

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

const json& check_of(const json& diagnosis, const std::string& word) {
  static const json kNone = json::object();
  const auto& checks = diagnosis.at("checks");
  const auto found =
      std::ranges::find_if(checks, [&](const json& each) { return each.at("check") == word; });
  return found == checks.end() ? kNone : *found;
}

// The findings, without those of the machine that the test runs on.
std::set<std::string> findings_of(const json& diagnosis) {
  std::set<std::string> words;
  for (const auto& check : diagnosis.at("checks")) {
    if (check.at("status") == "finding") words.insert(check.at("check"));
  }
  words.erase("disk-space");
  words.erase("units");
  return words;
}

void tell(const std::filesystem::path& database, const std::string& sql) {
  SQLite::Database db(database.string(), SQLite::OPEN_READWRITE);
  db.setBusyTimeout(10'000);
  db.exec(sql);
}

// As the season was on that day: what was to come is long past by the clock of the machine.
constexpr const char* kNothingToCome =
    "UPDATE games SET status = 'cancelled' WHERE status IN ('scheduled', 'live'); "
    "UPDATE todays_games SET game_status_code = 3";

class DoctorTest : public ClientFixture {
 protected:
  json get() const {
    return json::parse(
        RawConnection::to_socket(socket_.string()).ask("GET", "/api/v1/doctor").body);
  }
  std::string metrics() const {
    return RawConnection::to_socket(socket_.string()).ask("GET", "/metrics").body;
  }
  int doctor() {
    Process process({NBASYNCD, "--config", config_.string(), "--doctor"});
    const auto status = process.wait();
    out_ = process.out();
    err_ = process.err();
    return status.value_or(-1000);
  }
  void sync() { ASSERT_EQ(once("full"), 0) << out_ << err_; }
};

class DoctorEachWay : public EachWay {};

TEST_P(DoctorEachWay, WholeSeasonIsWellAndWhatDoesNotFitIsFound) {
  ASSERT_EQ(once("full"), 0) << out_ << err_;
  tell(database_, kNothingToCome);
  start_daemon();
  auto diagnosis = json_of({"doctor"});
  EXPECT_EQ(findings_of(diagnosis), std::set<std::string>()) << diagnosis.dump(1);
  EXPECT_EQ(check_of(diagnosis, "final-lines")["text"], "1225 finals have their lines");
  EXPECT_EQ(check_of(diagnosis, "bus")["status"], "ok");
  EXPECT_EQ(check_of(diagnosis, "upstream-cdn")["status"], "ok");
  EXPECT_THAT(check_of(diagnosis, "lock-file")["text"], HasSubstr("has it"));

  tell(database_,
       "UPDATE standings SET wins = wins + 1 WHERE team_id = 1610612747; DELETE FROM "
       "team_game_logs WHERE game_id = '0022500001'");
  EXPECT_EQ(run({"doctor"}), 1) << err_;
  EXPECT_THAT(out_, HasSubstr("finding      final-lines 2025-26: finals without their two lines: "
                              "0022500001 of 2025-10-"));
  EXPECT_THAT(out_, HasSubstr("\n             nbasyncctl sync game_logs --season 2025-26\n"));
  diagnosis = json_of({"doctor"});
  EXPECT_EQ(findings_of(diagnosis),
            (std::set<std::string>{"final-lines", "season-figures", "standings"}));
  EXPECT_EQ(diagnosis["well"], false);
}

INSTANTIATE_TEST_SUITE_P(Ways, DoctorEachWay, ::testing::Values(kOverSocket, kOverBus),
                         [](const auto& way) { return std::string(way.param); });

TEST_F(DoctorTest, FiguresForPrometheusAreOfTheLastCheck) {
  start_daemon();
  EXPECT_THAT(metrics(), Not(HasSubstr("nbasync_doctor_findings{")));
  ASSERT_EQ(run(kOverSocket, {"sync", "full", "-q"}), 0) << err_;
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 0\n"));
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_last_check_timestamp_seconds 1"));
  tell(database_, "DELETE FROM team_game_logs WHERE game_id = '0022500001'");
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 0\n"))
      << "asking for figures compares nothing";
  get();
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 1\n"));
  ASSERT_EQ(run(kOverSocket, {"sync", "full", "-q"}), 0) << err_;
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 0\n"));
}

TEST_F(DoctorTest, UpstreamThatHangsOrRefusesIsTold) {
  configure("sync: {}\n");
  std::ifstream file(config_);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  text.insert(text.find("  min_interval"), "  timeout: 1s\n");
  std::ofstream(config_) << text;
  start_daemon();
  upstream_.set_fault("commonteamyears", "hang");
  upstream_.set_fault("todaysScoreboard_00", "html=403");
  const auto diagnosis = get();
  EXPECT_THAT(check_of(diagnosis, "upstream-stats")["text"],
              HasSubstr("did not answer within 1 s; the address may be blocked"));
  EXPECT_THAT(check_of(diagnosis, "upstream-cdn")["text"],
              HasSubstr("status 403; the address may be blocked"));
  EXPECT_EQ(doctor(), 1);
  EXPECT_THAT(out_, HasSubstr("finding      upstream-stats: "));
  EXPECT_THAT(out_, HasSubstr("upstream.proxy"));
}

TEST_F(DoctorTest, WithoutADaemonItOnlyReads) {
  sync();
  tell(database_, kNothingToCome);
  const auto files = [&] {
    std::set<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(directory_.path())) {
      const auto name = file.path().filename().string();
      if (!name.ends_with("-wal") && !name.ends_with("-shm")) names.insert(name);  // SQLite's
    }
    return names;
  };
  const auto bytes = [&] {
    std::ifstream file(database_, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  };
  const auto names = files();
  const auto before = bytes();
  doctor();
  EXPECT_THAT(out_, Not(HasSubstr("finding      final"))) << out_;
  EXPECT_THAT(out_, HasSubstr("ok           final-lines 2025-26: 1225 finals have their lines\n"));
  EXPECT_THAT(out_, HasSubstr("lock-file: nobody has it"));
  EXPECT_EQ(files(), names);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(run(kOverSocket, {"doctor"}), 6);
  EXPECT_THAT(err_, HasSubstr("nbasyncd --doctor looks without the daemon"));

  start_daemon();
  doctor();
  EXPECT_THAT(out_, HasSubstr("lock-file: a daemon, or a --once, has it"))
      << "no lock is in its way";
  EXPECT_THAT(out_, HasSubstr("ok           bus: somebody has the name"));
}

TEST_F(DoctorTest, WithoutADatabaseItSaysSo) {
  EXPECT_EQ(doctor(), 1) << out_;
  EXPECT_THAT(out_, HasSubstr("finding      database-file: "));
  EXPECT_THAT(out_, HasSubstr("not-checked  final-lines: the database could not be read"));
  EXPECT_FALSE(std::filesystem::exists(database_));
}

// Whatever a predecessor has left: it is named, and goes with the statement.
TEST_F(DoctorTest, LeftoversOfAPredecessorGoWithTheStatement) {
  const auto traits = predecessor_traits();
  make_predecessor_file(database_, {traits.begin(), traits.end()});
  doctor();
  EXPECT_THAT(out_, HasSubstr("not-checked  leftovers: ")) << "it lacks columns until the start";
  start_daemon();
  auto diagnosis = get();
  auto found = findings_of(diagnosis);
  EXPECT_TRUE(found.contains("leftovers"));
  EXPECT_TRUE(found.contains("open-runs"));
  EXPECT_THAT(check_of(diagnosis, "leftovers")["text"], HasSubstr("176 of team_game_logs"));
  tell(database_, check_of(diagnosis, "leftovers")["statement"]);
  tell(database_, check_of(diagnosis, "open-runs")["statement"]);
  diagnosis = get();
  found = findings_of(diagnosis);
  EXPECT_FALSE(found.contains("leftovers")) << diagnosis.dump(1);
  EXPECT_FALSE(found.contains("open-runs")) << diagnosis.dump(1);
}

}  // namespace
}  // namespace nbasync::testing
