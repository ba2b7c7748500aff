#include <algorithm>
#include <chrono>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "control/api.hpp"
#include "control/json_reply.hpp"
#include "control/parameters.hpp"
#include "control/problem.hpp"
#include "door/runs.hpp"
#include "protocol/status.hpp"

namespace nbasync::handle {
namespace {

constexpr unsigned kMostAsked = 1'000'000;
constexpr Duration kLongestPoll = std::chrono::hours{1};

void answer_run(const RunReply& run, const Answer& answer) {
  if (const auto* error = std::get_if<Error>(&run)) {
    answer(problem(error->code(), error->what()));
  } else {
    answer(run_reply(std::get<RunRecord>(run), nlohmann::json::object()));
  }
}

}  // namespace

void list_runs(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  const Parameters parameters(request, {"limit", "type", "status"});
  RunFilter filter;
  filter.sync_type = parameters.text("type").value_or("");
  filter.status = parameters.word("status", logged_status_words()).value_or("");
  const auto limit = std::min(parameters.limit("limit", kDefaultRuns, kMostAsked), kMostRuns);
  api.service.list_runs(limit, filter, [answer](const RunsReply& runs) {
    if (const auto* error = std::get_if<Error>(&runs)) {
      answer(problem(error->code(), error->what()));
      return;
    }
    auto list = nlohmann::json::array();
    for (const auto& run : std::get<std::vector<RunRecord>>(runs)) {
      list.push_back(protocol::to_json(run));
    }
    answer(json_reply(200, {{"runs", std::move(list)}}));
  });
}

void get_run(Api& api, const HttpRequest& request, const std::string& run_id,
             const Answer& answer) {
  const Parameters parameters(request, {"wait"});
  const auto wait = parameters.duration("wait", kLongestPoll);
  if (!wait || wait->count() == 0) {
    api.service.find_run(run_id, [answer](const RunReply& run) { answer_run(run, answer); });
    return;
  }
  api.service.await_run(run_id, wait, [&api, run_id, answer](const RunReply& run) {
    const auto* error = std::get_if<Error>(&run);
    if (error == nullptr || error->code() != Errc::kLockTimeout) {
      answer_run(run, answer);
      return;
    }
    // A long poll that is over is no error: the run as it stands.
    api.service.find_run(run_id, [answer](const RunReply& now) { answer_run(now, answer); });
  });
}

void cancel_run(Api& api, const HttpRequest& request, const std::string& run_id,
                const Answer& answer) {
  Parameters(request, {});
  cancel_run(api.service, run_id, to_string(request.peer));
  answer(json_reply(202, {{"success", true}, {"run_id", run_id}}));
}

}  // namespace nbasync::handle
