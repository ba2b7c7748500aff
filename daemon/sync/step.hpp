#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "model/check_answer.hpp"
#include "store/difference.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// One part of a run, independent of the others: what it asks upstream, and one transaction. Worker
// thread; everything ends soon after a stop request. Throws Error.
class Step {
 public:
  struct Cost {
    std::uint64_t requests = 0;  // retries included
    std::uint64_t bytes_received = 0;
  };
  struct Result {
    ChangeCounts counts;
    std::string note;  // what is worth saying of a success
  };

  virtual ~Step() = default;

  virtual std::string_view name() const = 0;

  // Looks at what is stored and decides what to ask. Before fetch(); again if others have stored
  // since.
  virtual void prepare(SystemTime now, const std::stop_token& stop) = 0;

  // Whether what it stores decides what later steps ask.
  virtual bool leads() const { return false; }

  // How many requests are known of, before prepare() by RunPlan::look_ahead; fetch() may find more.
  virtual std::size_t requests() const = 0;

  // Asks upstream; `fetched` is called after each answer. Before store(), once.
  virtual void fetch(const std::function<void()>& fetched, const std::stop_token& stop) = 0;

  // What fetch() has cost, also when it failed.
  virtual Cost cost() const = 0;

  // Writes what was fetched. A step that leads is rehearsed twice in a dry run.
  virtual Result store(SystemTime now, const std::stop_token& stop) = 0;
};

// What a run does, in order.
struct RunPlan {
  std::vector<std::unique_ptr<Step>> steps;
  bool listed = false;  // the steps have records of their own
  // Estimates how many requests the steps will make, so that it can be told from the beginning.
  // Empty: each tells when it is prepared.
  std::function<void(SystemTime now, const std::stop_token& stop)> look_ahead = {};
  // Compares what is stored with itself, after the last step. Empty: nothing is compared.
  std::function<CheckAnswers(SystemTime now, const std::stop_token& stop)> check;
};

// Makes the plan of a job, on the worker thread.
using RunPlanner = std::function<RunPlan(const SyncJob&)>;

}  // namespace nbasync
