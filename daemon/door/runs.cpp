#include "door/runs.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "log/log.hpp"

namespace nbasync {

void cancel_run(SyncFront& service, const std::string& run_id, const std::string& by) {
  if (!service.cancel(run_id)) {
    throw Error(Errc::kUnknownRun,
                format("no run {} waits or runs", in_quotes(run_id, kLongestExcerpt)));
  }
  log::info("cancel asked run={} by={}", run_id, in_quotes(by));
}

}  // namespace nbasync
