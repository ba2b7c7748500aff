#pragma once

#include <functional>
#include <string>

#include "http/reply.hpp"
#include "http/request.hpp"

namespace nbasync {

// Why a server answers a request itself.
enum class HttpFault {
  kMalformed,  // it is no HTTP/1.1, or says two things at once
  kTooLarge,   // its body is
  kCrowded,    // there are too many like it already
  kStopping,   // the server is about to end
};

// What a server serves. Called on the loop thread; neither may throw.
struct HttpApplication {
  // Answers a whole request, at once or later. The request lives for the call only.
  std::function<void(const HttpRequest&, const Answer&)> handle;

  // How a request is told that it does not come so far. `why` is a sentence for people.
  std::function<HttpReply(HttpFault, const std::string& why)> refuse;
};

}  // namespace nbasync
