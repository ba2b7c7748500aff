#include "http/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

[[noreturn]] void refuse_request(const std::string& why) { throw malformed(why); }

// What is wrong with the headers, if anything is; filled while microhttpd walks over them.
struct Headers {
  std::map<std::string, std::string, std::less<>>& values;
  std::string given_twice;
};

MHD_Result take_header(void* self, MHD_ValueKind, const char* name, const char* value) {
  static constexpr std::array<std::string_view, 4> kSingle{"content-length", "transfer-encoding",
                                                           "host", "authorization"};
  auto& headers = *static_cast<Headers*>(self);
  const auto key = lower(name);
  const std::string_view text = value == nullptr ? "" : value;
  const auto [place, is_new] = headers.values.try_emplace(key, text);
  if (is_new) return MHD_YES;
  if (std::ranges::find(kSingle, key) != kSingle.end()) headers.given_twice = key;
  place->second += ", ";
  place->second += text;
  return MHD_YES;
}

}  // namespace

Error malformed(const std::string& why) {
  return {Errc::kInvalidArgument, "malformed request: " + why};
}

void read_head(MHD_Connection* connection, const char* method, const char* version,
               const std::string& target, HttpRequest& request) {
  const std::string_view protocol = version == nullptr ? "" : version;
  if (protocol != "HTTP/1.1" && protocol != "HTTP/1.0") {
    refuse_request(format("{} is not HTTP/1.1", in_quotes(protocol, kLongestExcerpt)));
  }
  Headers headers{request.headers, {}};
  MHD_get_connection_values(connection, MHD_HEADER_KIND, &take_header, &headers);
  if (!headers.given_twice.empty()) {
    refuse_request(format("the header {} is given twice", headers.given_twice));
  }
  const auto coding = request.header("transfer-encoding");
  if (request.headers.contains("transfer-encoding")) {
    if (request.headers.contains("content-length")) {
      refuse_request("Content-Length and Transfer-Encoding contradict each other");
    }
    if (lower(coding) != "chunked" || protocol != "HTTP/1.1") {
      refuse_request(format("transfer coding {} is not known", in_quotes(coding, kLongestExcerpt)));
    }
  }
  if (request.headers.contains("content-length") && !announced_length(request)) {
    refuse_request(format("Content-Length {} is no number",
                          in_quotes(request.header("content-length"), kLongestExcerpt)));
  }
  auto parsed = parse_target(target);
  request.method = method == nullptr ? "" : method;
  // What the request line says goes before the header Host (RFC 9112, 3.2.2).
  if (!parsed.authority.empty()) request.headers["host"] = std::move(parsed.authority);
  request.path = std::move(parsed.path);
  request.query = std::move(parsed.query);
}

std::optional<std::size_t> announced_length(const HttpRequest& request) {
  const auto text = request.header("content-length");
  std::size_t length = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, length);
  if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return length;
}

}  // namespace nbasync
