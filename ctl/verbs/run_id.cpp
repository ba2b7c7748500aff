#include "ctl/verbs/run_id.hpp"

#include <set>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync::ctl {

std::string whole_run_id(Client& client, const std::string& written) {
  constexpr std::size_t kWhole = 36;  // a UUID
  constexpr unsigned kMostRuns = 1000;
  if (written.size() >= kWhole || written.empty()) return written;

  std::set<std::string> matches;
  const auto look_at = [&](const auto& run) {
    if (run.run_id.starts_with(written)) matches.insert(run.run_id);
  };
  const auto status = client.status();
  if (status->current_sync) look_at(*status->current_sync);
  for (const auto& run : status->queue) look_at(run);
  for (const auto& run : status->recent_syncs) look_at(run);
  if (matches.empty()) {
    const auto runs = client.runs({.limit = kMostRuns, .sync_type = "", .status = ""});
    for (const auto& run : runs.value) look_at(run);
  }
  if (matches.empty()) {
    throw Error(Errc::kUnknownRun,
                format("no run begins with '{}'; see 'nbasyncctl runs'", written));
  }
  if (matches.contains(written)) return written;
  if (matches.size() > 1) {
    throw Error(Errc::kInvalidArgument,
                format("{} runs begin with '{}'; write more of the id, or see 'nbasyncctl runs'",
                       matches.size(), written));
  }
  return *matches.begin();
}

std::string last_run_id(Client& client) {
  const auto runs = client.runs({.limit = 1, .sync_type = "", .status = ""});
  if (!runs->empty()) return runs->front().run_id;
  throw Error(Errc::kUnknownRun, "there was no sync yet; 'nbasyncctl sync full' begins one");
}

}  // namespace nbasync::ctl
