#include "sync/request_defaults.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "model/season.hpp"
#include "schedule/zone.hpp"
#include "sync/describe_job.hpp"

namespace nbasync {

std::string season_in_force(const std::string& configured, SystemTime now) {
  return configured == "auto" ? season_of(now) : configured;
}

void complete(SyncRequest& request, const ServiceOptions& options, SystemTime now) {
  const auto found = options.defaults.find(request.sync_type);
  const LockWait fallback = found == options.defaults.end() ? LockWait{} : found->second;
  if (!request.run_timeout) request.run_timeout = options.run_timeout;
  // Who says that it waits in line, and not how long, waits as long as its run may take.
  const bool patient = request.if_busy == IfBusy::kQueue;
  if (!request.timeout) request.timeout = patient ? *request.run_timeout : fallback.timeout;
  if (!request.if_busy) {
    request.if_busy = request.wait.value_or(fallback.wait) ? IfBusy::kQueue : IfBusy::kFail;
  }
  if (request.season.empty()) request.season = options.season;
  request.season = season_in_force(request.season, now);
  if (request.cause.empty()) request.cause = "by " + requester_of(request);
}

std::optional<std::string> season_problem(const std::string& season, SystemTime now) {
  const int last = season_start_year(season_of(now)).value_or(0) + 1;
  const auto year = season_start_year(season);
  if (year && *year <= last) return std::nullopt;
  return format("'{}' is no season from {} to {}; write it as 2025-26, or auto", excerpt(season),
                season_name(kFirstSeason), season_name(last));
}

std::optional<Refusal> refusal_of(const SyncRequest& request, SystemTime now) {
  const auto types = sync_types();
  if (std::ranges::find(types, request.sync_type) == types.end()) {
    return Refusal{Errc::kUnknownType,
                   format("unknown sync type '{}'{}", excerpt(request.sync_type),
                          suggest(request.sync_type, types)),
                   {},
                   0};
  }
  if (const auto problem = season_problem(request.season, now)) {
    return Refusal{Errc::kInvalidArgument, *problem, {}, 0};
  }
  return std::nullopt;
}

}  // namespace nbasync
