#include "doctor/doctor.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "check/data_checks.hpp"
#include "db/file_database.hpp"
#include "store/store.hpp"
#include "support/fake_clock.hpp"
#include "support/stand_in.hpp"
#include "support/temporary_directory.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using testing::StandIn;

// A loop and threads for real; the wheel's time is the test's.
class DoctorTest : public ::testing::Test {
 protected:
  DoctorTest() {
    const Store makes_the_tables(database_);
    config_.database.path = path_;
    config_.dbus.bus = DBusConfig::Bus::kNone;
    config_.upstream.stats_url = upstream_.stats_url();
    config_.upstream.cdn_url = upstream_.cdn_url();
    upstream_.set_body("commonteamyears", "{}");
    upstream_.set_body("todaysScoreboard_00", "{}");
    doctor_.emplace(
        Doctor::Parts{loop_, wheel_, clock_, readers_, hosts_, [this] { return problems_; }},
        config_);
  }

  // Asks, and turns the loop until it is told.
  protocol::Diagnosis ask() {
    protocol::Diagnosis diagnosis;
    doctor_->ask([&](const protocol::Diagnosis& told) {
      diagnosis = told;
      loop_.stop();
    });
    loop_.run();
    return diagnosis;
  }
  static CheckAnswer answer_of(const protocol::Diagnosis& diagnosis, const std::string& word) {
    const auto found = std::ranges::find(diagnosis.checks, word, &CheckAnswer::check);
    return found == diagnosis.checks.end() ? CheckAnswer() : *found;
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "nba_data.db";
  FileDatabase database_{path_};
  StandIn upstream_;
  RealClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  Loop loop_;
  ThreadPool threads_{loop_, "test-read", 2};
  ReadPool readers_{threads_, database_, 2};
  UpstreamHosts hosts_;
  Config config_;
  std::vector<protocol::PartProblem> problems_;
  std::optional<Doctor> doctor_;
};

TEST_F(DoctorTest, EveryCheckGivesItsAnswer) {
  const auto diagnosis = ask();
  std::vector<std::string> words;
  for (const auto& answer : diagnosis.checks) {
    words.push_back(answer.check);
    EXPECT_NE(answer.status, CheckStatus::kFinding) << answer.check << ": " << answer.text;
  }
  EXPECT_THAT(words,
              ::testing::ElementsAre("database-file", "database-folder", "lock-file", "disk-space",
                                     "time-zones", "units", "bus", "parts", "write-ahead-log",
                                     "whole-file", "upstream-stats", "upstream-cdn", "clock",
                                     "live-past-day", "leftovers", "open-runs", "views"))
      << "and of a database without games no season's";
  EXPECT_TRUE(diagnosis.well);
}

TEST_F(DoctorTest, ProblemsOfPartsAreFindings) {
  problems_ = {{"control.http.listen", "127.0.0.1:80: permission denied", {}}};
  auto diagnosis = ask();
  EXPECT_EQ(answer_of(diagnosis, "parts").text,
            "control.http.listen: 127.0.0.1:80: permission denied");
  EXPECT_FALSE(diagnosis.well);
  EXPECT_EQ(diagnosis.findings, 1);
  config_.dbus.bus = DBusConfig::Bus::kSession;
  doctor_->set_config(config_);
  problems_ = {{"dbus", "no such file", {}}};
  diagnosis = ask();
  EXPECT_EQ(answer_of(diagnosis, "bus").text, "no such file");
  EXPECT_EQ(answer_of(diagnosis, "parts").status, CheckStatus::kOk);
}

TEST_F(DoctorTest, WhoAsksMeanwhileIsToldTheSame) {
  int told = 0;
  for (int i = 0; i < 3; ++i) {
    doctor_->ask([&](const protocol::Diagnosis&) {
      if (++told == 3) loop_.stop();
    });
  }
  EXPECT_EQ(told, 0) << "never inside the call";
  loop_.run();
  EXPECT_EQ(upstream_.count("commonteamyears"), 1U);
}

TEST_F(DoctorTest, HostsAreAskedOnceAMinute) {
  upstream_.set_fault("commonteamyears", "html=403");
  EXPECT_EQ(answer_of(ask(), "upstream-stats").status, CheckStatus::kFinding);
  EXPECT_EQ(answer_of(ask(), "upstream-stats").status, CheckStatus::kFinding);
  EXPECT_EQ(upstream_.count(), 2U) << "one each";
  config_.upstream.user_agent = "another";
  doctor_->set_config(config_);
  ask();
  EXPECT_EQ(upstream_.count(), 4U) << "upstream is configured another way";
}

TEST_F(DoctorTest, WhatHangsIsToldAfterAWhile) {
  upstream_.set_fault("*", "hang");
  protocol::Diagnosis diagnosis;
  doctor_->ask([&](const protocol::Diagnosis& told) {
    diagnosis = told;
    loop_.stop();
  });
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  wheel_.advance(to_tick(clock_.steady() + Doctor::kPatience));
  loop_.run();
  EXPECT_EQ(answer_of(diagnosis, "upstream-stats").status, CheckStatus::kUnchecked);
  EXPECT_EQ(answer_of(diagnosis, "upstream-stats").text, "no answer within 9 s");
  upstream_.clear_faults();
  upstream_.release();
  EXPECT_EQ(answer_of(ask(), "upstream-stats").status, CheckStatus::kOk) << "the next time";
}

TEST_F(DoctorTest, AStopTellsWhoWaits) {
  upstream_.set_fault("*", "hang");
  bool told = false;
  doctor_->ask([&](const protocol::Diagnosis&) {
    told = true;
    loop_.stop();
  });
  doctor_->stop();
  EXPECT_FALSE(told) << "never inside the call";
  loop_.run();
  doctor_->stop();
}

TEST_F(DoctorTest, AnswersOfTheDataAreToldSeasonBySeason) {
  CheckAnswers answers;
  doctor_->on_data([&](const CheckAnswers& told) { answers = told; });
  database_.connect_writer()->run(
      "INSERT INTO games (id, season, game_date, status) VALUES ('0022500001', '2025-26', "
      "'2025-11-01', 'final'), ('0022400001', '2024-25', '2024-11-01', 'final')",
      {}, {});
  const auto diagnosis = ask();
  EXPECT_EQ(answers.size(), 2 * (data_check_words().size() - 4) + 4);
  EXPECT_EQ(answer_of(diagnosis, "final-lines").season, "2025-26");
  EXPECT_FALSE(diagnosis.well);
}

}  // namespace
}  // namespace nbasync
