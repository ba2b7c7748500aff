#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "control/event_stream.hpp"
#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/metrics.hpp"
#include "control/problem.hpp"
#include "query/answer.hpp"
#include "query/queries.hpp"

namespace nbasync::handle {
namespace {

std::optional<std::uint64_t> last_event_id(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint64_t id = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc{} || stop != end) {
    throw Error(Errc::kInvalidArgument,
                format("Last-Event-ID: {} is no id of an event", in_quotes(text, kLongestExcerpt)));
  }
  return id;
}

}  // namespace

void get_events(Api& api, const Call& call) {
  // nginx would collect the events until a buffer is full.
  HttpReply reply{200,
                  "text/event-stream",
                  {},
                  {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}},
                  nullptr};
  if (call.request.method != "HEAD") {
    reply.stream = api.events.open(call.listener, account_of(call.request.peer),
                                   last_event_id(call.request.header("last-event-id")));
    if (!reply.stream) {
      call.answer(
          problem(503, "queue-full",
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
    answer(error ? problem(503, "storage", error->what()) : text_reply(200, "ready\n"));
  });
}

void get_metrics(Api& api, const Call& call) { call.answer(metrics_reply(api.metrics.text())); }

}  // namespace nbasync::handle
