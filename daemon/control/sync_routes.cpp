#include <utility>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/media.hpp"
#include "control/problem.hpp"
#include "control/status_text.hpp"
#include "protocol/json.hpp"
#include "protocol/replies.hpp"
#include "protocol/run_answers.hpp"

namespace nbasync::handle {
namespace {

// The predecessor's result: what came of each step, and their sum.
HttpReply result_reply(const RunRecord& run, Disposition disposition) {
  protocol::SyncAnswer told{
      .run = {run}, .disposition = disposition, .total_records = run.records_synced};
  for (const auto& step : run.steps) told.counts[step.sync_type] = step.records_synced;
  if (run.steps.empty()) told.counts[run.sync_type] = run.records_synced;
  return with_changes(json_reply(200, protocol::to_json(told)), run);
}

HttpReply admission_reply(const Admission& admission) {
  const auto place = format("/api/v1/runs/{}", admission.run_id);
  const protocol::Admission told{
      .run_id = admission.run_id, .disposition = admission.disposition, .status_endpoint = place};
  auto reply = json_reply(202, protocol::to_json(told));
  reply.headers.emplace_back("Location", place);
  return reply;
}

}  // namespace

void start_sync(Api& api, const Call& call, SyncRequest wanted) {
  wanted.requester = call.by();
  const auto disposition = std::make_shared<Disposition>();  // known before the run's end
  const auto admitted = [&api, answer = call.answer, disposition,
                         async = wanted.async](const Admission& admission) {
    *disposition = admission.disposition;
    if (!async && !admission.refusal) return;  // the end will be told
    respond(answer, [&] {
      return admission.refusal ? refusal_problem(*admission.refusal, api.clock.wall())
                               : admission_reply(admission);
    });
  };
  const auto ended = [&api, answer = call.answer, disposition](const RunRecord& run) {
    respond(answer, [&] {
      return run.status == RunStatus::kSuccess
                 ? result_reply(run, *disposition)
                 : run_problem(run, api.service.current(), api.service.queue_length(),
                               api.clock.wall());
    });
  };
  using Done = std::function<void(const RunRecord&)>;
  const auto done = wanted.async ? Done() : Done(ended);
  api.service.sync(std::move(wanted), admitted, done);
}

void get_status(Api& api, const Call& call, unsigned recent) {
  auto text = api.status.of(api.service.brief_status(), api.service.recent(), recent) + '\n';
  call.answer({200, media::kJson, std::move(text), {}, nullptr});
}

}  // namespace nbasync::handle
