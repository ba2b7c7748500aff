#include "ctl/view/run_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "ctl/view/fields.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"
#include "model/run_record.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

std::string name_of(const json& run) {
  const auto season = text_at(run, "season");
  return text_at(run, "sync_type") + (season.empty() ? "" : " " + season);
}

std::string duration_of(const json& run) {
  const auto seconds = number_at(run, "duration_seconds");
  return seconds && time_at(run, "completed_at") ? duration_text(*seconds) : "";
}

std::string number_text(const json& run, const char* key) {
  return format("{}", count_at(run, key));
}

// Of a full run: what each step did. Empty without steps.
std::string steps_text(const json& run, const Terminal& terminal) {
  const auto& steps = list_at(run, "steps");
  if (steps.empty()) return "";
  constexpr auto kRight = Table::Align::kRight;
  Table table({{"STEP"},
               {"STATUS"},
               {"INSERTED", kRight},
               {"UPDATED", kRight},
               {"UNCHANGED", kRight},
               {"DELETED", kRight},
               {"TIME", kRight}});
  for (const auto& step : steps) {
    const auto status = text_at(step, "status");
    table.add({text_at(step, "sync_type"),
               {status, colour_of(status)},
               number_text(step, "inserted_count"),
               number_text(step, "updated_count"),
               number_text(step, "unchanged_count"),
               number_text(step, "deleted_count"),
               duration_of(step)});
  }
  return format("\n{}", table.render(terminal));
}

std::string traffic_text(const json& run) {
  return count_text(count_at(run, "request_count"), "request") + ", " +
         bytes_text(count_at(run, "bytes_received"));
}

// A line under a right-aligned name; nothing for no text.
std::string field(std::string_view name, std::string_view text) {
  return text.empty() ? "" : format("{:>10}: {}\n", name, text);
}

std::string moment(const json& run, const char* key, SystemTime now) {
  const auto time = time_at(run, key);
  return time ? time_text(*time) + ", " + ago_text(*time, now) : "";
}

Table table_of(const json& runs, std::size_t most, bool with_id, SystemTime now) {
  constexpr auto kRight = Table::Align::kRight;
  std::vector<Table::Column> columns{{"WHEN"},         {"TYPE"},         {"STATUS"},
                                     {"ROWS", kRight}, {"TIME", kRight}, {"BY"}};
  if (with_id) columns.insert(columns.begin(), {"RUN"});
  Table table(std::move(columns));
  for (std::size_t i = 0; i < std::min(most, runs.size()); ++i) {
    const auto& run = runs[i];
    const auto started = time_at(run, "started_at");
    const auto when = started ? started : time_at(run, "requested_at");
    const auto status = text_at(run, "status");
    std::vector<Table::Cell> row{when ? ago_text(*when, now) : "-",
                                 text_at(run, "sync_type"),
                                 {status, colour_of(status)},
                                 number_text(run, "records_synced"),
                                 duration_of(run),
                                 text_at(run, "triggered_by")};
    if (with_id) row.insert(row.begin(), short_id(run));
    table.add(std::move(row));
  }
  return table;
}

}  // namespace

int exit_code_of(const json& run) {
  switch (read_word<RunStatus>(text_at(run, "status"))) {
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
  return protocol::names_of_word(text_at(run, "error_code")).exit;
}

Colour colour_of(std::string_view status) {
  if (status == "success") return Colour::kGreen;
  if (status == "failed" || status == "timeout") return Colour::kRed;
  return Colour::kYellow;
}

std::string short_id(const json& run) { return text_at(run, "run_id").substr(0, 8); }

std::string rows_text(const json& run) {
  return format("{} ({} inserted, {} updated, {} unchanged), {} deleted",
                count_at(run, "records_synced"), count_at(run, "inserted_count"),
                count_at(run, "updated_count"), count_at(run, "unchanged_count"),
                count_at(run, "deleted_count"));
}

std::string summary_text(const json& run, const Terminal& terminal) {
  const auto status = text_at(run, "status");
  const auto seconds = number_at(run, "duration_seconds").value_or(0);
  return format("{}: {} in {}\n", name_of(run), terminal.paint(colour_of(status), status),
                duration_text(seconds)) +
         field("Rows", rows_text(run)) + field("Upstream", traffic_text(run)) +
         steps_text(run, terminal);
}

std::string details_text(const json& run, SystemTime now, const Terminal& terminal) {
  const auto status = text_at(run, "status");
  const auto word = text_at(run, "error_code");
  const auto duration = duration_of(run);
  const auto ended = moment(run, "completed_at", now);
  return field("Run", text_at(run, "run_id")) + field("Type", name_of(run)) +
         field("Status", terminal.paint(colour_of(status), status)) +
         field("By", text_at(run, "triggered_by")) +
         field("Requested", moment(run, "requested_at", now)) +
         field("Started", moment(run, "started_at", now)) +
         field("Ended", duration.empty() ? ended : ended + ", took " + duration) +
         field("Rows", rows_text(run)) + field("Upstream", traffic_text(run)) +
         field(word.empty() ? "Note" : "Error", text_at(run, "error_message")) +
         field("Code", word) + steps_text(run, terminal);
}

std::string runs_text(const json& runs, SystemTime now, const Terminal& terminal) {
  return table_of(runs, runs.size(), true, now).render(terminal);
}

std::string brief_runs_text(const json& runs, std::size_t most, SystemTime now,
                            const Terminal& terminal) {
  return table_of(runs, most, false, now).render(terminal);
}

}  // namespace nbasync::ctl
