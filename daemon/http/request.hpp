#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/peer.hpp"

namespace nbasync {

// The parameters behind the '?' of a target, in order, decoded.
using HttpQuery = std::vector<std::pair<std::string, std::string>>;

// A request as the routes see it: whole, taken apart and decoded, without a socket. A value.
struct HttpRequest {
  std::string method;  // "GET"
  std::string path;    // "/api/v1/runs", decoded
  HttpQuery query;
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case
  std::string body;
  Peer peer;

  // Empty if there is none.
  std::string_view header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
  }
};

// A request's target, decoded.
struct Target {
  std::string path;
  HttpQuery query;
  std::string authority;  // "host:8080" of the absolute form; else empty
};

// Takes "/api/v1/runs?limit=5" apart, also in the absolute form that clients of a proxy write,
// "http://host/api/v1/runs?limit=5". Strict: throws Error(kInvalidArgument) for what is neither, a
// wrong escape, a control character, and an escaped slash, which would change what a path names.
Target parse_target(std::string_view text);

}  // namespace nbasync
