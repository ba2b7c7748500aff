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

// What a backfill has asked for is triggered by it.
constexpr const char* kBackfillTrigger = "backfill";

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
  std::int64_t records_synced = 0;
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t deleted = 0;
  std::int64_t requests = 0;
  std::int64_t bytes_received = 0;
  std::string error_code;     // a word of protocol/errors, empty for none
  std::string error_message;  // in 0.1 also what a successful run had to say
  std::string note;
  std::vector<RunRecord> steps;
  std::shared_ptr<const RowChanges> changes;   // of a dry run, those of its steps together
  std::shared_ptr<const CheckAnswers> checks;  // of a full run, how what is stored fits together

  // The columns of data_sync_log; a text that is empty is NULL there.
  template <typename Self, typename Visitor>
  static void columns(Self& self, Visitor&& visit) {
    visit(Field{"run_id", kPlain, "its id"}, self.run_id);
    visit(Field{"sync_type", kPlain, "what was synced"}, self.sync_type);
    visit(Field{"season", kNullable, "of which season"}, self.season);
    visit(Field{"status", kPlain, "how it stands"}, self.status);
    visit(Field{"triggered_by", kNullable, "who asked: http, dbus, once, startup, schedule:NAME"},
          self.triggered_by);
    visit(Field{"requested_at", kMillis, "when it was asked for"}, self.requested_at);
    visit(Field{"started_at", kMillis, "when it took the lock"}, self.started_at);
    visit(Field{"completed_at", kMillis, "its end"}, self.completed_at);
    visit(Field{"duration_seconds", kPlain, "from its start to its end"}, self.duration_seconds);
    visit(Field{"thread_id", kPlain, "the thread that ran it"}, self.thread_id);
    visit(Field{"records_synced", kPlain, "rows inserted, updated and unchanged together"},
          self.records_synced);
    visit(Field{"inserted_count", kPlain, "rows"}, self.inserted);
    visit(Field{"updated_count", kPlain, "rows"}, self.updated);
    visit(Field{"unchanged_count", kPlain, "rows"}, self.unchanged);
    visit(Field{"deleted_count", kPlain, "rows"}, self.deleted);
    visit(Field{"request_count", kPlain, "requests to upstream, retries included"}, self.requests);
    visit(Field{"bytes_received", kPlain, "from upstream"}, self.bytes_received);
    visit(Field{"error_code", kNullable, "why it did not succeed; see the codes"}, self.error_code);
    visit(Field{"error_message", kNullable, "the same for people"}, self.error_message);
    visit(Field{"note", kNullable, "what is worth saying of a success"}, self.note);
  }

  // The changes may be many, and are told apart.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    columns(self, visit);
    visit(Field{"dry_run", kOmitted, "whether nothing was written"}, self.dry_run);
    visit(Field{"steps", kOmitted, "of a full sync, one a dataset, in their order"}, self.steps);
  }

  bool operator==(const RunRecord&) const = default;
};

// Which runs of the log are wanted; empty: all.
struct RunFilter {
  std::string sync_type;
  std::string status;
};

}  // namespace nbasync
