#include <algorithm>
#include <chrono>
#include <vector>

#include <nlohmann/json.hpp>

#include "control/handlers.hpp"
#include "control/route_tables.hpp"
#include "control/sync_body.hpp"
#include "door/runs.hpp"
#include "model/run_status.hpp"
#include "protocol/errors.hpp"
#include "protocol/replies.hpp"
#include "protocol/run_answers.hpp"
#include "protocol/status.hpp"
#include "sync/run_history.hpp"

namespace nbasync::route_tables {
namespace {

constexpr unsigned kMostAsked = 1'000'000;  // runs: more than are listed
constexpr Duration kLongestPoll = std::chrono::hours{1};

// Why a sync is refused, and how a run ends that does not succeed: all that is not about something
// else.
std::vector<ProblemForm> sync_problems() {
  static constexpr Errc kOfOthers[] = {
      Errc::kUnknownRun,        Errc::kUnknownSchedule,  Errc::kChangesGone, Errc::kPaused,
      Errc::kDaemonUnreachable, Errc::kBadConfiguration, Errc::kAccessDenied};
  std::vector<ProblemForm> problems;
  for (const auto& each : protocol::error_table()) {
    if (std::ranges::find(kOfOthers, each.code) == std::end(kOfOthers)) {
      problems.push_back(problem_form(each.code));
    }
  }
  return problems;
}

Route status_route(const char* path) {
  return make_route("GET", path, Access::kRead,
                    "What runs, waits and ran last; schedules, the age of the data.",
                    {{json_answer<protocol::Status>()}}, handle::get_status,
                    Parameter::limit("recent", RunHistory::kKept, RunHistory::kKept,
                                     "so many of the last syncs"));
}

}  // namespace

std::vector<Route> sync_routes() {
  using P = Parameter;
  AnswerForm admitted = json_answer<protocol::Admission>(202);
  admitted.headers = {{"Location", "where the run is told"}};
  const BodyOf<SyncRequest> body{
      {[](nlohmann::json&) { return sync_body_schema(); }, R"({"sync_type":"full","async":true})"},
      parse_sync_body};
  return {
      status_route("/api/v1/status"),
      status_route("/api/admin/sync-status"),
      make_route("POST", "/api/admin/sync", Access::kChange,
                 "Starts a sync, and tells its end; with async, that it was admitted.",
                 {{json_answer<protocol::SyncAnswer>(), admitted}, sync_problems()}, body,
                 handle::start_sync),
      make_route("GET", "/api/v1/runs", Access::kRead, "The last syncs, newest first.",
                 {{json_answer<protocol::Runs>()}, storage_problems()}, handle::list_runs,
                 P::limit("limit", kDefaultRuns, kMostAsked, "so many at the most"),
                 P::text("type", "of this type"),
                 P::word("status", logged_status_words(), "", "with this status")),
      make_route("GET", {"/api/v1/runs/{name}", "the run's id"}, Access::kRead,
                 "One sync, by its id.",
                 {{json_answer<protocol::RunAnswer>()},
                  with(storage_problems(), {problem_form(Errc::kUnknownRun)})},
                 handle::get_run, P::duration("wait", kLongestPoll, "waits so long for its end")),
      make_route("DELETE", {"/api/v1/runs/{name}", "the run's id"}, Access::kChange,
                 "Cancels a sync that waits or runs.",
                 {{json_answer<protocol::Cancellation>(202)},
                  with(storage_problems(), {problem_form(Errc::kUnknownRun)})},
                 handle::cancel_run),
  };
}

}  // namespace nbasync::route_tables
