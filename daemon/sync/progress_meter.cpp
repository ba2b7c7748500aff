#include "sync/progress_meter.hpp"

#include <algorithm>

namespace nbasync {

ProgressMeter::ProgressMeter(const std::vector<std::unique_ptr<Step>>& steps, const Tell& tell)
    : steps_(steps), tell_(tell) {
  for (const auto& step : steps) progress_.steps.emplace_back().name = step->name();
}

void ProgressMeter::at_work(std::size_t step) {
  progress_.step = progress_.steps[step].name;
  progress_.steps[step].status = RunStatus::kStarted;
  tell();
}

void ProgressMeter::answered(std::size_t step) {
  ++progress_.steps[step].requests_done;
  tell();
}

void ProgressMeter::ended(std::size_t step, const RunRecord& record) {
  auto& told = progress_.steps[step];
  told.status = record.status;
  told.requests_expected = told.requests_done;  // of one that failed, no more will come
  told.inserted = record.inserted;
  told.updated = record.updated;
  told.unchanged = record.unchanged;
  told.deleted = record.deleted;
  told.duration_seconds = record.duration_seconds;
  told.error_code = record.error_code;
  tell();
}

// Each request is an equal part of the whole, and so is each transaction.
void ProgressMeter::tell() {
  unsigned ended = 0;
  progress_.requests_done = progress_.requests_expected = 0;
  for (std::size_t index = 0; index < steps_.size(); ++index) {
    auto& step = progress_.steps[index];
    if (has_ended(step.status)) {
      ++ended;
    } else {
      const auto known = static_cast<unsigned>(steps_[index]->requests());
      step.requests_expected = std::max(known, step.requests_done);
    }
    progress_.requests_done += step.requests_done;
    progress_.requests_expected += step.requests_expected;
  }
  const auto parts = progress_.requests_expected + static_cast<unsigned>(steps_.size());
  const auto percent = (progress_.requests_done + ended) * 100 / parts;
  progress_.percent = std::max(progress_.percent, percent);  // more may have come to be asked for
  tell_(progress_);
}

}  // namespace nbasync
