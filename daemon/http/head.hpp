#pragma once

#include <microhttpd.h>

#include <optional>
#include <string>

#include "base/error.hpp"
#include "http/request.hpp"

namespace nbasync {

// Bytes of a request's body, at most.
inline constexpr std::size_t kLargestBody = 64 << 10;

Error malformed(const std::string& why);

// Reads the head of a request into `request`. Throws Error(kInvalidArgument) for what a careful
// server does not take, though microhttpd would: two ways to tell a body's length, a transfer
// coding that is not chunked, headers given twice that must not be, no HTTP/1.x.
void read_head(MHD_Connection* connection, const char* method, const char* version,
               const std::string& target, HttpRequest& request);

// What Content-Length says; nullopt if it is not there.
std::optional<std::size_t> announced_length(const HttpRequest& request);

}  // namespace nbasync
