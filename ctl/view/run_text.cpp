#include "ctl/view/run_text.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "base/format.hpp"
#include "ctl/view/advice.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

std::string name_of(const RunRecord& run) {
  return run.sync_type + (run.season.empty() ? "" : " " + run.season);
}

std::string duration_of(const RunRecord& run) {
  return run.completed_at ? duration_text(run.duration_seconds) : "";
}

// "failed: upstream-blocked".
Table::Cell status_of(const RunRecord& run) {
  auto text = std::string(to_string(run.status));
  if (run.status == RunStatus::kFailed && !run.error_code.empty()) text += ": " + run.error_code;
  return {std::move(text), colour_of(run.status)};
}

// Of a full run: what each step did, and what to do about those that failed. Empty without steps.
std::string steps_text(const RunRecord& run, const Terminal& terminal) {
  if (run.steps.empty()) return "";
  constexpr auto kRight = Table::Align::kRight;
  Table table({{"STEP"},
               {"STATUS"},
               {"INSERTED", kRight},
               {"UPDATED", kRight},
               {"UNCHANGED", kRight, false},
               {"DELETED", kRight, false},
               {"TIME", kRight}});
  for (const auto& step : run.steps) {
    table.add({step.sync_type,
               {std::string(to_string(step.status)), colour_of(step.status)},
               std::to_string(step.inserted),
               std::to_string(step.updated),
               std::to_string(step.unchanged),
               std::to_string(step.deleted),
               duration_of(step)});
  }
  auto text = format("\n{}", table.render(terminal));
  for (const auto& step : run.steps) {
    const auto& note = step.note;
    if (!note.empty()) text += format("{}: {}\n", step.sync_type, with_own_times(note, terminal));
    if (step.status != RunStatus::kFailed) continue;
    text += format("{}: {}: {}\n", step.sync_type, step.error_code,
                   with_own_times(step.error_message, terminal));
    text += format("  {}\n", advice(step.error_code, step.sync_type, run.run_id));
  }
  return text;
}

std::string traffic_text(const RunRecord& run) {
  return count_text(run.requests, "request") + ", " + bytes_text(run.bytes_received);
}

// A line under a right-aligned name; nothing for no text.
std::string field(std::string_view name, std::string_view text) {
  return text.empty() ? "" : format("{:>10}: {}\n", name, text);
}

std::string moment(const std::optional<SystemTime>& time, SystemTime now,
                   const Terminal& terminal) {
  return time ? time_text(*time, terminal) + ", " + ago_text(*time, now) : "";
}

std::optional<SystemTime> start_of(const RunRecord& run) {
  return run.started_at ? run.started_at : run.requested_at;
}

// The newest by their starts: the log is in the order in which they were written to it.
Table table_of(std::vector<RunRecord> runs, std::size_t most, bool with_id, SystemTime now) {
  std::ranges::stable_sort(runs, std::ranges::greater(), start_of);
  constexpr auto kRight = Table::Align::kRight;
  std::vector<Table::Column> columns{{"WHEN"},
                                     {"TYPE"},
                                     {"STATUS"},
                                     {"ROWS", kRight, false},
                                     {"TIME", kRight, false},
                                     {"BY", Table::Align::kLeft, false}};
  if (with_id) columns.insert(columns.begin(), {"RUN"});
  Table table(std::move(columns));
  for (std::size_t i = 0; i < std::min(most, runs.size()); ++i) {
    const auto& run = runs[i];
    const auto when = start_of(run);
    std::vector<Table::Cell> row{
        when ? ago_text(*when, now) : "-", run.sync_type,    status_of(run),
        number_text(run.records_synced),   duration_of(run), run.triggered_by};
    if (with_id) row.insert(row.begin(), short_id(run.run_id));
    table.add(std::move(row));
  }
  return table;
}

}  // namespace

int exit_code_of(const RunRecord& run) {
  switch (run.status) {
    case RunStatus::kSuccess:
      return protocol::kExitDone;
    case RunStatus::kTimeout:
      return protocol::kExitTimeout;
    case RunStatus::kCancelled:
    case RunStatus::kInterrupted:
      return protocol::kExitCancelled;
    case RunStatus::kFailed:
    case RunStatus::kQueued:
    case RunStatus::kStarted:
      break;
  }
  return protocol::names_of_word(run.error_code).exit;
}

Colour colour_of(RunStatus status) {
  if (status == RunStatus::kSuccess) return Colour::kGreen;
  const bool bad = status == RunStatus::kFailed || status == RunStatus::kTimeout;
  return bad ? Colour::kRed : Colour::kYellow;
}

std::string coloured(RunStatus status, const Terminal& terminal) {
  return terminal.paint(colour_of(status), to_string(status));
}

std::string short_id(const std::string& run_id) { return run_id.substr(0, 8); }

std::string rows_text(const RunRecord& run) {
  return format("{} ({} inserted, {} updated, {} unchanged), {} deleted", run.records_synced,
                run.inserted, run.updated, run.unchanged, run.deleted);
}

std::string summary_text(const RunRecord& run, const Terminal& terminal) {
  return format("{}: {} in {}\n", name_of(run), coloured(run.status, terminal),
                duration_text(run.duration_seconds)) +
         field("Rows", rows_text(run)) + field("Upstream", traffic_text(run)) +
         field("Note", with_own_times(run.note, terminal)) + steps_text(run, terminal);
}

std::string details_text(const RunRecord& run, SystemTime now, const Terminal& terminal) {
  const auto duration = duration_of(run);
  const auto ended = moment(run.completed_at, now, terminal);
  const bool failed = has_ended(run.status) && run.status != RunStatus::kSuccess;
  return field("Run", run.run_id) + field("Type", name_of(run)) +
         field("Status", coloured(run.status, terminal)) + field("By", run.triggered_by) +
         field("Requested", moment(run.requested_at, now, terminal)) +
         field("Started", moment(run.started_at, now, terminal)) +
         field("Ended", duration.empty() ? ended : ended + ", took " + duration) +
         field("Rows", rows_text(run)) + field("Upstream", traffic_text(run)) +
         field(run.error_code.empty() ? "Note" : "Error",
               with_own_times(run.error_message, terminal)) +
         field("Code", run.error_code) +
         field("Do", failed ? advice(run.error_code, run.sync_type, run.run_id) : "") +
         field("Note", with_own_times(run.note, terminal)) + steps_text(run, terminal);
}

std::string runs_text(const std::vector<RunRecord>& runs, SystemTime now,
                      const Terminal& terminal) {
  return table_of(runs, runs.size(), true, now).render(terminal);
}

std::string brief_runs_text(const std::vector<RunRecord>& runs, std::size_t most, SystemTime now,
                            const Terminal& terminal) {
  return table_of(runs, most, false, now).render(terminal);
}

}  // namespace nbasync::ctl
