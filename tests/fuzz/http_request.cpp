#include <microhttpd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "control/dispatcher.hpp"
#include "control/sync_body.hpp"
#include "fuzz/fuzz.hpp"
#include "http/gzip.hpp"
#include "http/head.hpp"
#include "log/log.hpp"

// A request as microhttpd delivers it, to the arguments of its route: the target, the head, who
// may, the parameters, the body of POST /api/admin/sync.

// In microhttpd's place: what it has read of a head.
struct MHD_Connection {
  std::vector<std::pair<std::string, std::string>> headers;
};

extern "C" int MHD_get_connection_values(MHD_Connection* connection, MHD_ValueKind kind,
                                         MHD_KeyValueIterator take, void* self) {
  for (const auto& [name, value] : connection->headers) {
    take(self, kind, name.c_str(), value.c_str());
  }
  return static_cast<int>(connection->headers.size());
}

namespace {

using namespace nbasync;

constexpr const char* kToken = "secret";
constexpr std::string_view kSpace = " \t";

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  auto line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// No NUL: microhttpd ends a text there.
std::string take_word(std::string_view& line) {
  const auto end = line.find(' ');
  const std::string word(line.substr(0, end));
  line.remove_prefix(end == line.npos ? line.size() : end + 1);
  return word.substr(0, word.find('\0'));
}

std::pair<std::string, std::string> header_of(std::string_view line) {
  const auto colon = line.find(':');
  auto value = colon == line.npos ? std::string_view() : line.substr(colon + 1);
  value.remove_prefix(std::min(value.find_first_not_of(kSpace), value.size()));
  return {std::string(line.substr(0, colon)), std::string(value)};
}

HttpRequest read(std::string_view text) {
  auto line = take_line(text);
  const auto method = take_word(line);
  const auto target = take_word(line);
  const auto version = take_word(line);
  MHD_Connection connection;
  while (!text.empty()) {
    const auto header = take_line(text);
    if (header.empty()) break;
    connection.headers.push_back(header_of(header));
  }
  HttpRequest request;
  read_head(&connection, method.c_str(), version.c_str(), target, request);
  request.body = text.substr(0, kLargestBody);
  return request;
}

// A stranger over each listener: what changes something is for who has the token.
void dispatch(const HttpRequest& request, Listener listener) {
  const auto handle = [&](const Route& route, const Call& call) {
    const bool has_token = request.header("authorization").ends_with(kToken);
    const bool may_change = has_token && listener != Listener::kReadSocket;
    fuzz::require(route.access == Access::kRead || may_change, "a stranger changes nothing");
    fuzz::require(call.arguments.size() == route.parameters.size(), "each parameter has a value");
    if (route.method == "POST") {
      const auto wanted = parse_sync_body(request.body);
      fuzz::require(!wanted.sync_type.empty(), "a sync has a type");
    }
    call.answer({204, {}, {}, {}, nullptr});
  };
  const Dispatcher dispatcher(routes(), Authorization({kToken, {}, "/run/x.sock", {"nba.example"}}),
                              {handle, [](int) {}});
  int answers = 0;
  dispatcher.handle(request, listener, [&](const HttpReply& reply) {
    ++answers;
    fuzz::require(reply.status >= 200 && reply.status < 500, "a request is no internal error");
    fuzz::require(reply.body.size() < 16 * kLongestMessage, "a refusal is not long");
  });
  fuzz::require(answers == 1, "a request has one answer");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  [[maybe_unused]] static const bool quiet = [] {
    log::init(log::Level::kError, log::Format::kText);
    return true;
  }();
  HttpRequest request;
  if (!fuzz::takes([&] { request = read(fuzz::text_of(data, size)); })) return 0;
  fuzz::require(request.path.starts_with('/'), "a path begins with a slash");
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  fuzz::require(std::ranges::none_of(request.path, is_control), "and has no control characters");
  (void)accepts_gzip(request.header("accept-encoding"));
  request.peer.uid = 4711;
  request.peer.local = true;
  dispatch(request, Listener::kSocket);
  dispatch(request, Listener::kReadSocket);
  request.peer = {};
  request.peer.address = "192.0.2.1:50123";
  dispatch(request, Listener::kTcp);
  return 0;
}
