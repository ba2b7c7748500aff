#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.hpp"
#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/problem.hpp"
#include "door/runs.hpp"
#include "protocol/json.hpp"
#include "protocol/replies.hpp"
#include "protocol/run_answers.hpp"

namespace nbasync::handle {
namespace {

void find_run(SyncFront& service, const std::string& run_id, const Answer& answer) {
  service.find_run(run_id, [answer](const RunReply& run) {
    respond(answer, [&] { return run_reply(value_of(run)); });
  });
}

}  // namespace

void list_runs(Api& api, const Call& call, unsigned limit, const std::string& type,
               const std::string& status) {
  const auto answer = [answer = call.answer](const RunsReply& runs) {
    respond(answer,
            [&] { return json_reply(200, protocol::to_json(protocol::Runs{value_of(runs)})); });
  };
  api.service.list_runs(std::min(limit, kMostRuns), {type, status}, answer);
}

void get_run(Api& api, const Call& call, Duration wait) {
  auto& service = api.service;
  if (wait == Duration::zero()) return find_run(service, call.name, call.answer);
  service.await_run(call.name, wait,
                    [&service, run_id = call.name, answer = call.answer](const RunReply& run) {
                      const auto* error = error_of(run);
                      // A long poll that is over is no error: the run as it stands.
                      if (error != nullptr && error->code() == Errc::kLockTimeout) {
                        return find_run(service, run_id, answer);
                      }
                      respond(answer, [&] { return run_reply(value_of(run)); });
                    });
}

void cancel_run(Api& api, const Call& call) {
  const auto answer = [run_id = call.name,
                       answer = call.answer](const Result<std::monostate>& known) {
    respond(answer, [&] {
      value_of(known);
      return json_reply(202, protocol::to_json(protocol::Cancellation{.run_id = run_id}));
    });
  };
  nbasync::cancel_run(api.service, call.name, call.by(), answer);
}

}  // namespace nbasync::handle
