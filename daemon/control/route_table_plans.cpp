#include <vector>

#include <nlohmann/json.hpp>

#include "control/backfill_body.hpp"
#include "control/handlers.hpp"
#include "control/route_tables.hpp"
#include "protocol/backfill.hpp"
#include "protocol/replies.hpp"
#include "protocol/schedules.hpp"

namespace nbasync::route_tables {

std::vector<Route> plan_routes() {
  const BodyOf<protocol::BackfillWish> body{
      {protocol::schema_of<protocol::BackfillWish>, R"({"from":"2015-16","to":"2024-25"})"},
      parse_backfill_body};
  const auto of_scheduler = [](AnswerForm form, std::vector<ProblemForm> more = {}) {
    return Answers{{std::move(form)}, with(std::move(more), {problems::kNoScheduler})};
  };
  return {
      make_route("GET", "/api/v1/schedules", Access::kRead, "All schedules.",
                 {{json_answer<protocol::Schedules>()}}, handle::list_schedules),
      make_route("GET", {"/api/v1/schedules/{name}", "the schedule's name"}, Access::kRead,
                 "One schedule, with all reasons for its next start.",
                 of_scheduler(json_answer<protocol::Explanation>(),
                              {problem_form(Errc::kUnknownSchedule)}),
                 handle::explain_schedule),
      make_route("POST", "/api/v1/pause", Access::kChange, "Starts nothing by schedule any more.",
                 of_scheduler(json_answer<protocol::PauseState>()), handle::pause),
      make_route("POST", "/api/v1/resume", Access::kChange, "Goes on with the schedules.",
                 of_scheduler(json_answer<protocol::PauseState>()), handle::resume),
      make_route(
          "POST", kReloadPath, Access::kChange, "Reads the configuration again.",
          of_scheduler(json_answer<protocol::Done>(), {problem_form(Errc::kBadConfiguration)}),
          static_cast<void (*)(Api&, const Call&)>(handle::reload)),
      make_route("GET", "/api/v1/backfill", Access::kRead,
                 "How far the backfill of past seasons is.",
                 {{json_answer<protocol::BackfillReport>()}}, handle::get_backfill),
      make_route("POST", "/api/v1/backfill", Access::kChange,
                 "Fetches past seasons, one after another.",
                 of_scheduler(json_answer<protocol::BackfillBegun>(202),
                              {problem_form(Errc::kSyncInProgress)}),
                 body, handle::start_backfill),
      make_route("DELETE", "/api/v1/backfill", Access::kChange, "Stops fetching past seasons.",
                 of_scheduler(json_answer<protocol::BackfillStopped>()), handle::stop_backfill),
  };
}

}  // namespace nbasync::route_tables
