#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "config/config.hpp"
#include "db/read_pool.hpp"
#include "doctor/host_checks.hpp"
#include "event/loop.hpp"
#include "event/thread_pool.hpp"
#include "model/check_answer.hpp"
#include "net/upstream_hosts.hpp"
#include "protocol/diagnosis.hpp"
#include "protocol/status.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Looks at the stored data and at the installation of a daemon that runs: what blocks is done by
// other threads, at the same time, and what has not ended after kPatience is told as not checked.
// Loop thread.
class Doctor {
 public:
  static constexpr Duration kPatience{9'000};

  // All must outlive it.
  struct Parts {
    Loop& loop;
    TimerWheel& wheel;
    const Clock& clock;
    ReadPool& readers;
    UpstreamHosts& hosts;
    std::function<std::vector<protocol::PartProblem>()> problems;  // of parts, as the status has it
  };

  Doctor(Parts parts, const Config& config);
  ~Doctor();
  Doctor(const Doctor&) = delete;
  Doctor& operator=(const Doctor&) = delete;

  // In force from the next question on.
  void set_config(const Config& config);

  // `told` is called once, never inside the call. Who asks while others wait is told the same.
  void ask(std::function<void(const protocol::Diagnosis&)> told);

  // Told the answers of the checks of the data, season by season, each time they were made.
  void on_data(std::function<void(const CheckAnswers&)> told) { data_told_ = std::move(told); }

  // Asks what is under way to end; who waits is told so.
  void stop();

 private:
  enum Part { kFiles, kUnits, kDatabase, kStats, kCdn, kData, kParts };
  struct Look;
  struct Asked {
    HostAnswer check;
    SteadyTime at;
  };

  void look_at_files();
  void look_at_units();
  void look_at_database();
  void look_at_data();
  void look_at_host(Part part);
  void ended(const std::weak_ptr<Look>& look, Part part, CheckAnswers answers);
  void conclude();
  CheckAnswers of_problems() const;

  Parts parts_;
  Config config_;
  std::function<void(const CheckAnswers&)> data_told_ = [](const CheckAnswers&) {};
  std::shared_ptr<Look> look_;                      // under way
  std::array<std::optional<Asked>, kParts> asked_;  // of the hosts, when they last answered or not
  std::array<bool, kParts> hangs_{};  // its job has not come back, maybe of a look before
  Timer patience_;
  std::shared_ptr<void> alive_ = std::make_shared<char>();  // dies with it
  ThreadPool askers_;  // of the hosts; its jobs end before the rest of this
};

}  // namespace nbasync
