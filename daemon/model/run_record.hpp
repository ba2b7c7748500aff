#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/check_answer.hpp"
#include "model/fields.hpp"
#include "model/row_changes.hpp"
#include "model/run_status.hpp"

namespace nbasync {

// One run of the log: a row of data_sync_log, with the rows of its steps beneath it.
struct RunRecord {
  std::string run_id;
  std::string sync_type;
  std::string season;
  RunStatus status = RunStatus::kStarted;
  std::string triggered_by;
  bool dry_run = false;  // such a run is in no log
  std::optional<SystemTime> requested_at;
  std::optional<SystemTime> started_at;
  std::optional<SystemTime> completed_at;
  double duration_seconds = 0;
  std::int64_t thread_id = 0;
  std::int64_t records_synced = 0;  // inserted + updated + unchanged
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t deleted = 0;
  std::int64_t requests = 0;
  std::int64_t bytes_received = 0;
  std::string error_code;                      // a word of protocol/errors, empty for none
  std::string error_message;                   // in 0.1 also what a successful run had to say
  std::string note;                            // worth saying of a success
  std::vector<RunRecord> steps;                // of a full run, in order
  std::shared_ptr<const RowChanges> changes;   // of a dry run, those of its steps together
  std::shared_ptr<const CheckAnswers> checks;  // of a full run, how what is stored fits together

  // The columns of data_sync_log; a text that is empty is NULL there.
  template <typename Self, typename Visitor>
  static void columns(Self& self, Visitor&& visit) {
    visit(Field{"run_id"}, self.run_id);
    visit(Field{"sync_type"}, self.sync_type);
    visit(Field{"season", kNullable}, self.season);
    visit(Field{"status"}, self.status);
    visit(Field{"triggered_by", kNullable}, self.triggered_by);
    visit(Field{"requested_at", kMillis}, self.requested_at);
    visit(Field{"started_at", kMillis}, self.started_at);
    visit(Field{"completed_at", kMillis}, self.completed_at);
    visit(Field{"duration_seconds"}, self.duration_seconds);
    visit(Field{"thread_id"}, self.thread_id);
    visit(Field{"records_synced"}, self.records_synced);
    visit(Field{"inserted_count"}, self.inserted);
    visit(Field{"updated_count"}, self.updated);
    visit(Field{"unchanged_count"}, self.unchanged);
    visit(Field{"deleted_count"}, self.deleted);
    visit(Field{"request_count"}, self.requests);
    visit(Field{"bytes_received"}, self.bytes_received);
    visit(Field{"error_code", kNullable}, self.error_code);
    visit(Field{"error_message", kNullable}, self.error_message);
    visit(Field{"note", kNullable}, self.note);
  }

  // The changes may be many, and are told apart.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    columns(self, visit);
    visit(Field{"dry_run", kOmitted}, self.dry_run);
    visit(Field{"steps", kOmitted}, self.steps);
  }

  bool operator==(const RunRecord&) const = default;
};

// Which runs of the log are wanted; empty: all.
struct RunFilter {
  std::string sync_type;
  std::string status;
};

}  // namespace nbasync
