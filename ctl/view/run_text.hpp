#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/format.hpp"
#include "ctl/view/terminal.hpp"
#include "ctl/view/text.hpp"
#include "model/run_record.hpp"

// Runs in words.
namespace nbasync::ctl {

// The exit code that says how the run ended; by the table of protocol/errors.hpp.
int exit_code_of(const RunRecord& run);

// The colour of a run's status.
Colour colour_of(RunStatus status);

// The status in its colour.
std::string coloured(RunStatus status, const Terminal& terminal);

// The first eight characters of a run id: enough to know it by.
std::string short_id(const std::string& run_id);

// "2604 (30 inserted, 12 updated, 2562 unchanged), 0 deleted".
std::string rows_text(const RunRecord& run);

// "2,604 rows, 30 new, 12 changed, 1 gone", of a run or a step.
template <typename Counts>
std::string changed_rows_text(const Counts& counts) {
  auto text = number_text(counts.inserted + counts.updated + counts.unchanged) + " rows";
  const auto add = [&](std::int64_t count, std::string_view what) {
    if (count != 0) text += format(", {} {}", number_text(count), what);
  };
  add(counts.inserted, "new");
  add(counts.updated, "changed");
  add(counts.deleted, "gone");
  return text;
}

// What is told when a sync has ended: a line on how, then rows, traffic, error and steps.
std::string summary_text(const RunRecord& run, const Terminal& terminal);

// All that the log knows of a run.
std::string details_text(const RunRecord& run, SystemTime now, const Terminal& terminal);

// A table of runs: id, when, type, status, rows, duration, by.
std::string runs_text(const std::vector<RunRecord>& runs, SystemTime now, const Terminal& terminal);

// The same for the page of the status: the first so many, without ids.
std::string brief_runs_text(const std::vector<RunRecord>& runs, std::size_t most, SystemTime now,
                            const Terminal& terminal);

}  // namespace nbasync::ctl
