#include <cstdint>
#include <optional>
#include <utility>

#include "base/format.hpp"
#include "base/result.hpp"
#include "control/event_stream.hpp"
#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/media.hpp"
#include "control/metrics.hpp"
#include "control/problem.hpp"
#include "query/answer.hpp"
#include "query/queries.hpp"

namespace nbasync::handle {
void get_events(Api& api, const Call& call, std::optional<std::int64_t> last_seen) {
  // nginx would collect the events until a buffer is full.
  HttpReply reply{200,
                  media::kEvents,
                  {},
                  {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}},
                  nullptr};
  if (call.request.method != "HEAD") {
    reply.stream = api.events.open(call.listener, account_of(call.request.peer), last_seen);
    if (!reply.stream) {
      call.answer(
          problem(Errc::kQueueFull,
                  format("as many listeners are being told the events here as there may be, "
                         "{} of one peer, {} of all; ask later",
                         EventStream::kReaders.each, EventStream::kReaders.all)));
      return;
    }
  }
  call.answer(std::move(reply));
}

void get_health(Api&, const Call& call) { call.answer(text_reply(200, "ok\n")); }

void get_readiness(Api& api, const Call& call) {
  nbasync::ask(api.readers, queries::anything(), [answer = call.answer](const QueryReply& reply) {
    const auto* error = error_of(reply);
    answer(error ? problem(problems::kUnreadable, error->what()) : text_reply(200, "ready\n"));
  });
}

void get_metrics(Api& api, const Call& call) { call.answer(metrics_reply(api.metrics.text())); }

}  // namespace nbasync::handle
