#pragma once

#include <string>
#include <string_view>

#include "http/reply.hpp"

namespace nbasync {

// What the database says, with its ETag; 304 without a body for who has it already: `known` is the
// If-None-Match of the request.
HttpReply tagged_reply(std::string content_type, std::string body, const std::string& etag,
                       std::string_view known);

}  // namespace nbasync
