#include "ctl/view/datasets_text.hpp"

#include <algorithm>
#include <chrono>

#include "base/format.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"

namespace nbasync::ctl {
namespace {

using protocol::DatasetState;

const StepProgress* step_of(const protocol::Status& status, const std::string& name) {
  if (!status.current_sync) return nullptr;
  const auto& steps = status.current_sync->progress.steps;
  const auto found = std::ranges::find(steps, name, &StepProgress::name);
  return found == steps.end() ? nullptr : &*found;
}

// "1 h", "24 h", "2 d".
std::string limit_text(double seconds) {
  const std::chrono::duration<double> limit(seconds);
  return age_text({}, SystemTime(std::chrono::floor<SystemTime::duration>(limit)));
}

Table::Cell state_of(const DatasetState& dataset, const StepProgress* step, SystemTime now,
                     const Terminal& terminal) {
  if (step != nullptr && step->status == RunStatus::kStarted) {
    return {format("syncing {} of {}", step->requests_done, step->requests_expected),
            Colour::kBold};
  }
  if (step != nullptr && step->status == RunStatus::kQueued) return {"syncing soon", Colour::kDim};
  if (step != nullptr && step->status == RunStatus::kSuccess) {
    return {"synced now", Colour::kGreen};
  }
  if (step != nullptr) {
    return {"failed now" + (step->error_code.empty() ? "" : ": " + step->error_code), Colour::kRed};
  }
  if (dataset.stale) {
    const auto& limit = dataset.stale_after_seconds;
    return {
        limit && dataset.last_success ? format("stale (limit {})", limit_text(*limit)) : "stale",
        Colour::kYellow};
  }
  if (dataset.begins) return {"begins " + day_text(*dataset.begins, now, terminal)};
  return dataset.last_success ? Table::Cell{"fresh", Colour::kGreen} : Table::Cell{"not synced"};
}

}  // namespace

std::string datasets_text(const protocol::Status& status, SystemTime now,
                          const Terminal& terminal) {
  if (status.datasets.empty()) return "";
  constexpr auto kRight = Table::Align::kRight;
  Table table(
      {{"DATA"}, {"ROWS", kRight}, {"NEWEST", Table::Align::kLeft, false}, {"SYNCED"}, {"STATE"}});
  for (const auto& dataset : status.datasets) {
    const auto& time = dataset.last_success;
    table.add({dataset.name, dataset.rows && *dataset.rows > 0 ? number_text(*dataset.rows) : "",
               dataset.newest.value_or(""), time ? ago_text(*time, now) : "never",
               state_of(dataset, step_of(status, dataset.name), now, terminal)});
  }
  return table.render(terminal);
}

}  // namespace nbasync::ctl
