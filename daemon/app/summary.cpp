#include "app/summary.hpp"

#include "base/format.hpp"

namespace nbasync {
namespace {

std::string bytes(std::int64_t count) {
  if (count >= 1'000'000) return format("{:.1f} MB", static_cast<double>(count) / 1e6);
  if (count >= 1'000) return format("{:.1f} kB", static_cast<double>(count) / 1e3);
  return format("{} B", count);
}

std::string line_of(std::string_view name, const RunRecord& run) {
  return format("  {:<20}{:>10}{:>10}{:>11}{:>9}{:>10}{:>11}{:>9.3f} s\n", name, run.inserted,
                run.updated, run.unchanged, run.deleted, run.requests, bytes(run.bytes_received),
                run.duration_seconds);
}

}  // namespace

std::string summary(const RunRecord& run) {
  std::string text =
      format("{} {}: {}{}\n\n", run.sync_type, run.season, to_string(run.status),
             run.error_message.empty() ? std::string() : format(": {}", run.error_message));
  text += format("  {:<20}{:>10}{:>10}{:>11}{:>9}{:>10}{:>11}{:>11}\n", "", "inserted", "updated",
                 "unchanged", "deleted", "requests", "received", "time");
  for (const auto& step : run.steps) {
    text += line_of(step.sync_type, step);
    if (!step.note.empty()) text += format("    {}\n", step.note);
  }
  text += line_of(run.steps.empty() ? run.sync_type : "total", run);
  if (!run.steps.empty() && !run.note.empty()) text += format("    {}\n", run.note);
  return text;
}

}  // namespace nbasync
