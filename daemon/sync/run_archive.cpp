#include "sync/run_archive.hpp"

#include <memory>
#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "log/log.hpp"

namespace nbasync {

RunArchive::RunArchive(Executor& executor, RunLog& log, std::function<void()> idle)
    : executor_(executor), log_(log), idle_(std::move(idle)) {}

void RunArchive::find(const std::string& run_id, std::optional<RunRecord> fallback,
                      std::function<void(RunReply)> done) {
  auto reply = std::make_shared<RunReply>(
      Error(Errc::kUnknownRun, format("there is no run '{}'; see nbasyncctl runs", run_id)));
  if (fallback) *reply = std::move(*fallback);
  run(
      [this, run_id, reply] {
        try {
          if (auto found = log_.find(run_id)) *reply = std::move(*found);
        } catch (const Error& error) {
          *reply = error;
        }
      },
      [reply, done = std::move(done)] { done(std::move(*reply)); });
}

void RunArchive::list(unsigned limit, RunFilter filter, std::function<void(RunsReply)> done) {
  auto reply = std::make_shared<RunsReply>();
  run(
      [this, limit, filter = std::move(filter), reply] {
        try {
          *reply = log_.list(limit, filter);
        } catch (const Error& error) {
          *reply = error;
        }
      },
      [reply, done = std::move(done)] { done(std::move(*reply)); });
}

void RunArchive::write(const RunRecord& record) {
  run(
      [this, record] {
        try {
          log_.write(record);
        } catch (const Error& error) {
          log::error("sync log not written run={} error={}", record.run_id,
                     in_quotes(error.what()));
        }
      },
      [] {});
}

void RunArchive::run(std::function<void()> work, std::function<void()> done) {
  ++jobs_;
  executor_.run(std::move(work), [this, done = std::move(done)] {
    --jobs_;
    done();
    if (jobs_ == 0) idle_();
  });
}

}  // namespace nbasync
