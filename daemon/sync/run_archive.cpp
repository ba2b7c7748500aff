#include "sync/run_archive.hpp"

#include <utility>

#include "base/async.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "log/log.hpp"

namespace nbasync {

RunArchive::RunArchive(Executor& executor, RunLog& log, std::function<void()> idle)
    : executor_(executor), log_(log), idle_(std::move(idle)) {}

void RunArchive::find(const std::string& run_id, std::optional<RunRecord> fallback,
                      std::function<void(RunReply)> done) {
  run(
      [this, run_id, fallback = std::move(fallback)] {
        auto found = log_.find(run_id);
        if (!found) found = fallback;
        if (found) return *found;
        throw Error(Errc::kUnknownRun, format("there is no run '{}'; see nbasyncctl runs", run_id));
      },
      std::move(done));
}

void RunArchive::list(unsigned limit, RunFilter filter, std::function<void(RunsReply)> done) {
  run([this, limit, filter = std::move(filter)] { return log_.list(limit, filter); },
      std::move(done));
}

void RunArchive::write(const RunRecord& record) {
  run([this, record] { log_.write(record); },
      [id = record.run_id](const Result<std::monostate>& written) {
        if (const auto* error = error_of(written)) {
          log::error("sync log not written run={} error={}", id, in_quotes(error->what()));
        }
      });
}

template <typename Work, typename Done>
void RunArchive::run(Work work, Done done) {
  ++jobs_;
  async(executor_, std::move(work), [this, done = std::move(done)](auto result) {
    --jobs_;
    done(std::move(result));
    if (jobs_ == 0) idle_();
  });
}

}  // namespace nbasync
