#include "sync/progress_meter.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace nbasync {
namespace {

// One that makes so many requests.
class CountedStep final : public Step {
 public:
  CountedStep(std::string_view name, std::size_t requests) : name_(name), requests_(requests) {}

  std::string_view name() const override { return name_; }
  void prepare(SystemTime, const std::stop_token&) override {}
  std::size_t requests() const override { return requests_; }
  void fetch(const std::function<void()>&, const std::stop_token&) override {}
  Cost cost() const override { return {}; }
  Result store(SystemTime, const std::stop_token&) override { return {}; }

  void know(std::size_t requests) { requests_ = requests; }

 private:
  std::string_view name_;
  std::size_t requests_;
};

class ProgressMeterTest : public ::testing::Test {
 protected:
  static std::vector<std::unique_ptr<Step>> two_steps() {
    std::vector<std::unique_ptr<Step>> steps;
    steps.push_back(std::make_unique<CountedStep>("teams", 2));
    steps.push_back(std::make_unique<CountedStep>("game_logs", 1));
    return steps;
  }

  static RunRecord success() {
    RunRecord record;
    record.status = RunStatus::kSuccess;
    record.inserted = 30;
    return record;
  }

  std::vector<std::unique_ptr<Step>> steps_ = two_steps();
  CountedStep* logs_ = static_cast<CountedStep*>(steps_.back().get());
  RunProgress last_;
  ProgressMeter::Tell tell_ = [this](const RunProgress& progress) { last_ = progress; };
  ProgressMeter meter_{steps_, tell_};
};

TEST_F(ProgressMeterTest, TellsTheRequestsOfAllStepsFromTheBeginning) {
  meter_.at_work(0);
  EXPECT_EQ(last_.step, "teams");
  EXPECT_EQ(last_.requests_done, 0U);
  EXPECT_EQ(last_.requests_expected, 3U);
  EXPECT_EQ(last_.steps.at(0).status, RunStatus::kStarted);
  EXPECT_EQ(last_.steps.at(1).status, RunStatus::kQueued);
  meter_.answered(0);
  EXPECT_EQ(last_.requests_done, 1U);
  EXPECT_EQ(last_.percent, 20U) << "of three requests and two transactions";
}

TEST_F(ProgressMeterTest, AStepThatHasEndedTellsWhatItDidAndMayBeGone) {
  meter_.at_work(0);
  meter_.answered(0);
  meter_.answered(0);
  meter_.ended(0, success());
  steps_[0].reset();
  meter_.at_work(1);
  EXPECT_EQ(last_.steps.at(0).inserted, 30);
  EXPECT_EQ(last_.percent, 60U);
  meter_.answered(1);
  meter_.ended(1, success());
  EXPECT_EQ(last_.percent, 100U);
}

TEST_F(ProgressMeterTest, OfAStepThatFailedNoMoreRequestsAreExpected) {
  meter_.at_work(0);
  RunRecord failed;
  failed.status = RunStatus::kFailed;
  failed.error_code = "upstream-timeout";
  meter_.ended(0, failed);
  EXPECT_EQ(last_.requests_expected, 1U);
  EXPECT_EQ(last_.steps.at(0).error_code, "upstream-timeout");
}

TEST_F(ProgressMeterTest, WhatComesToBeAskedForBesidesNeverTakesProgressBack) {
  meter_.at_work(1);
  meter_.answered(1);
  const auto before = last_.percent;
  logs_->know(40);
  meter_.at_work(1);
  EXPECT_EQ(last_.percent, before);
  EXPECT_EQ(last_.requests_expected, 42U);
  logs_->know(0);
  meter_.answered(1);
  EXPECT_EQ(last_.steps.at(1).requests_expected, 2U) << "never less than were answered";
}

}  // namespace
}  // namespace nbasync
