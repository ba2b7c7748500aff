#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "model/run_progress.hpp"
#include "model/run_record.hpp"
#include "sync/step.hpp"

namespace nbasync {

// Counts what a run has done and what it still has to do, and tells it with each change. Worker
// thread.
class ProgressMeter {
 public:
  using Tell = std::function<void(const RunProgress&)>;

  // Both must outlive it; a step may be dropped when it has ended.
  ProgressMeter(const std::vector<std::unique_ptr<Step>>& steps, const Tell& tell);

  void at_work(std::size_t step);
  void answered(std::size_t step);
  void ended(std::size_t step, const RunRecord& record);

 private:
  void tell();

  const std::vector<std::unique_ptr<Step>>& steps_;
  const Tell& tell_;
  RunProgress progress_;
};

}  // namespace nbasync
