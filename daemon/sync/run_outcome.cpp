#include "sync/run_outcome.hpp"

#include "base/format.hpp"
#include "protocol/errors.hpp"
#include "sync/cancellation.hpp"

namespace nbasync {
namespace {

void set_error(RunRecord& record, Errc code, const std::string& message) {
  record.error_code = protocol::names_of(code).word;
  record.error_message = message;
}

}  // namespace

void set_failed(RunRecord& record, Errc code, const std::string& message) {
  record.status = RunStatus::kFailed;
  set_error(record, code, message);
}

void set_stopped(RunRecord& record, RunStatus why, std::string_view step) {
  record.status = why;
  const auto* reason = why == RunStatus::kTimeout
                           ? "cancelled: the run's own deadline (run_timeout) was over"
                       : why == RunStatus::kInterrupted ? "interrupted: the daemon was told to stop"
                                                        : "cancelled on request";
  set_error(record, code_of(why),
            format("{} during {}; its tables are as they were before", reason, step));
}

void add(RunRecord& whole, const RunRecord& step) {
  whole.records_synced += step.records_synced;
  whole.inserted += step.inserted;
  whole.updated += step.updated;
  whole.unchanged += step.unchanged;
  whole.deleted += step.deleted;
  whole.requests += step.requests;
  whole.bytes_received += step.bytes_received;
}

void set_result(RunRecord& record, const Step::Result& result) {
  record.status = RunStatus::kSuccess;
  record.note = result.note;
  record.inserted = result.counts.inserted;
  record.updated = result.counts.updated;
  record.unchanged = result.counts.unchanged;
  record.deleted = result.counts.deleted;
  record.records_synced = record.inserted + record.updated + record.unchanged;
}

}  // namespace nbasync
