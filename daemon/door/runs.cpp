#include "door/runs.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "log/log.hpp"

namespace nbasync {

void cancel_run(SyncFront& service, const std::string& run_id, const std::string& by,
                std::function<void(const Result<std::monostate>&)> done) {
  service.cancel(run_id, [run_id, by, done = std::move(done)](const Result<bool>& known) {
    if (const auto* error = error_of(known)) return done(*error);
    if (!std::get<bool>(known)) {
      return done(Error(Errc::kUnknownRun,
                        format("no run {} waits or runs", in_quotes(run_id, kLongestExcerpt))));
    }
    log::info("cancel asked run={} by={}", run_id, in_quotes(by));
    done({});
  });
}

}  // namespace nbasync
