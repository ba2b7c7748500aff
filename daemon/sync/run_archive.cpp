#include "sync/run_archive.hpp"

#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "store/run_log.hpp"

namespace nbasync {

Error run_archive::unknown(const std::string& run_id) {
  return {Errc::kUnknownRun, format("there is no run '{}'; see nbasyncctl runs", excerpt(run_id))};
}

void run_archive::find(ReadPool& readers, const std::string& run_id,
                       std::optional<RunRecord> fallback,
                       std::function<void(Result<RunRecord>)> done) {
  readers.ask(
      [run_id, fallback = std::move(fallback)](Connection& connection,
                                               const std::stop_token& stop) {
        auto found = run_log::find(connection, run_id, stop);
        if (!found) found = fallback;
        if (found) return *found;
        throw unknown(run_id);
      },
      std::move(done));
}

void run_archive::list(ReadPool& readers, unsigned limit, RunFilter filter,
                       std::function<void(Result<std::vector<RunRecord>>)> done) {
  readers.ask(
      [limit, filter = std::move(filter)](Connection& connection, const std::stop_token& stop) {
        return run_log::list(connection, limit, filter, stop);
      },
      std::move(done));
}

}  // namespace nbasync
