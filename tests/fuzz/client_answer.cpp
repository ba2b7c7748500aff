#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "ctl/transport/answer.hpp"
#include "ctl/transport/event.hpp"
#include "ctl/transport/socket/event_parser.hpp"
#include "ctl/transport/socket/http_json.hpp"
#include "ctl/transport/socket/http_response.hpp"
#include "fuzz/fuzz.hpp"
#include "protocol/game.hpp"
#include "protocol/replies.hpp"
#include "protocol/status.hpp"

// What the client reads: an HTTP response, and in its body an answer or a stream of events. However
// the bytes are cut into pieces, what is understood is the same.

namespace {

using namespace nbasync;
using namespace nbasync::ctl;

std::vector<std::string_view> pieces_of(std::string_view text, std::size_t size) {
  std::vector<std::string_view> pieces;
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    pieces.push_back(text.substr(0, size));
  }
  return pieces;
}

std::optional<HttpResponse> read(std::string_view text, std::size_t piece) {
  std::optional<HttpResponse> response;
  fuzz::takes([&] {
    HttpResponse reading;
    for (const auto part : pieces_of(text, piece)) {
      if (!reading.complete()) reading.feed(part);
    }
    reading.end();
    response = std::move(reading);
  });
  return response;
}

std::vector<EventParser::Message> events_of(std::string_view body, std::size_t piece) {
  EventParser parser;
  std::vector<EventParser::Message> messages;
  for (const auto part : pieces_of(body, piece)) {
    parser.feed(part);
    while (auto message = parser.next()) messages.push_back(std::move(*message));
  }
  return messages;
}

template <typename T>
void try_answer(const HttpResponse& response) {
  fuzz::takes([&] {
    const auto answer = answer_of<T>(json_of(response));
    fuzz::require(answer.json != nullptr, "an answer has its JSON");
  });
}

// An answer of each kind has its own status, for the sake of speed.
void try_answers(const HttpResponse& response) {
  switch (response.status() % 6) {
    case 0:
      return try_answer<RunRecord>(response);
    case 1:
      return try_answer<std::vector<RunRecord>>(response);
    case 2:
      return try_answer<protocol::Status>(response);  // 200
    case 3:
      return try_answer<protocol::Explanation>(response);
    case 4:
      return try_answer<protocol::Admission>(response);  // 202
    default:
      return try_answer<std::vector<protocol::Game>>(response);  // 203, and 503
  }
}

void try_event(const EventParser::Message& message) {
  fuzz::takes([&] {
    auto data = nlohmann::json::parse(message.data, nullptr, false);
    if (!data.is_object()) return;
    const auto event = event_of(message.name, std::move(data));
    const auto& run = event.told->run;
    if (run)
      fuzz::require(run->error_message == printable(run->error_message), "a text is printable");
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto whole = read(text, size);
  const auto in_bytes = read(text, 1);
  fuzz::require(whole.has_value() == in_bytes.has_value(), "pieces are understood as the whole");
  if (!whole) return 0;
  fuzz::require(whole->status() == in_bytes->status() && whole->body() == in_bytes->body(),
                "pieces say what the whole says");
  try_answers(*whole);
  const auto events = events_of(whole->body(), size);
  const auto again = events_of(whole->body(), 1);
  fuzz::require(events.size() == again.size(), "pieces have as many events as the whole");
  for (std::size_t i = 0; i < events.size(); ++i) {
    fuzz::require(events[i].data == again[i].data && events[i].name == again[i].name,
                  "and the same");
    try_event(events[i]);
  }
  return 0;
}
