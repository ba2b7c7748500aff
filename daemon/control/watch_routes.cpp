#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "control/api.hpp"
#include "control/event_stream.hpp"
#include "control/json_reply.hpp"
#include "control/metrics.hpp"
#include "control/parameters.hpp"
#include "control/problem.hpp"
#include "query/queries.hpp"
#include "query/reader_pool.hpp"

namespace nbasync::handle {
namespace {

std::optional<std::uint64_t> last_event_id(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint64_t id = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc{} || stop != end) {
    throw Error(Errc::kInvalidArgument,
                format("Last-Event-ID: {} is no id of an event", in_quotes(text)));
  }
  return id;
}

}  // namespace

void get_events(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  Parameters(request, {});
  HttpReply reply{200, "text/event-stream", {}, {{"Cache-Control", "no-store"}}, nullptr};
  if (request.method != "HEAD") {
    reply.stream = api.events.open(last_event_id(request.header("last-event-id")));
    if (!reply.stream) {
      answer(problem(503, "queue-full",
                     format("{} listeners are being told the events already; ask later",
                            EventStream::kMostReaders)));
      return;
    }
  }
  answer(std::move(reply));
}

void get_health(Api&, const HttpRequest& request, const std::string&, const Answer& answer) {
  Parameters(request, {});
  answer(text_reply(200, "ok\n"));
}

void get_readiness(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  Parameters(request, {});
  api.readers.ask(queries::anything(), [answer](const QueryReply& reply) {
    if (const auto* error = std::get_if<Error>(&reply)) {
      answer(problem(503, "storage", error->what()));
    } else {
      answer(text_reply(200, "ready\n"));
    }
  });
}

void get_metrics(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  Parameters(request, {});
  auto reply = text_reply(200, api.metrics.text());
  reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
  answer(std::move(reply));
}

}  // namespace nbasync::handle
