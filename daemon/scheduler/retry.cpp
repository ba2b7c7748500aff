#include "scheduler/retry.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/duration.hpp"
#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "protocol/errors.hpp"

namespace nbasync {
namespace {

using protocol::Retry;

// Whether this end may be followed by one that is better.
bool may_improve(const RunRecord& run, unsigned retry) {
  const auto may = protocol::names_of_word(run.error_code).retry;
  return may == Retry::kYes || (may == Retry::kOnce && retry == 0);
}

// The steps that another try does: those that failed of something that may improve, and those that
// the run did not come to: one that failed by itself came to all that it was to do. Nullopt: none;
// empty: all there are.
std::optional<std::vector<std::string>> steps_left(const Turn& turn, const RunRecord& run) {
  if (run.steps.empty())
    return may_improve(run, turn.retry) ? std::optional(turn.steps) : std::nullopt;
  std::vector<std::string> left;
  const auto datasets = datasets_of(run.sync_type);
  for (const auto* dataset : datasets) {
    const std::string name(dataset->name);
    const auto step = std::ranges::find(run.steps, name, &RunRecord::sync_type);
    const bool is_left =
        step == run.steps.end()
            ? run.status != RunStatus::kFailed &&
                  (turn.steps.empty() || std::ranges::count(turn.steps, name) > 0)
            : step->status != RunStatus::kSuccess && may_improve(*step, turn.retry);
    if (is_left) left.push_back(name);
  }
  if (left.empty()) return std::nullopt;
  return left.size() == datasets.size() ? std::vector<std::string>() : left;
}

std::string what_happened(const RunRecord& run) {
  if (run.run_id.empty()) return format("it was refused: {}", run.error_message);
  return format("run {} ended {}{}{}", run.run_id, to_string(run.status),
                run.error_message.empty() ? "" : ": ", run.error_message);
}

}  // namespace

// The number may be one that the database has, and somebody has changed.
Duration retry_delay(const RetryRule& rule, unsigned number) {
  constexpr unsigned kMostDoublings = 10;  // as many as can be configured
  return rule.after * (1 << std::min(std::max(number, 1U) - 1, kMostDoublings));
}

std::variant<RetryWaiting, std::string> after_failure(const ScheduleSpec& spec, const Turn& turn,
                                                      const RunRecord& run, SystemTime now,
                                                      std::optional<SystemTime> next) {
  const auto rule = retry_of(spec);
  const auto happened = what_happened(run);
  auto steps = run.status == RunStatus::kCancelled ? std::nullopt : steps_left(turn, run);
  if (!steps) return format("{}; another try would not mend it", happened);
  if (turn.retry >= static_cast<unsigned>(rule.times)) {
    return format("{}; that was the last of {} retries", happened, rule.times);
  }
  const unsigned number = turn.retry + 1;
  const auto at = now + retry_delay(rule, number);
  if (next && at >= *next) {
    return format("{}; its next time, {}, comes before another try", happened, format_utc(*next));
  }
  const auto of_steps = steps->empty() ? "" : format(", of {}", fmt::join(*steps, ", "));
  auto because = format("retry {} of {}{}: {}", number, rule.times, of_steps, happened);
  return RetryWaiting{{turn.nominal, number, std::move(*steps), run.run_id, std::move(because)},
                      at};
}

}  // namespace nbasync
