#pragma once

#include <string_view>

#include "http/reply.hpp"
#include "http/request.hpp"

namespace nbasync {

// A file of the page, "index.html", for who asks by this request: gzipped where that is wanted, 304
// where it is known; with the headers that keep a browser from running or framing anything else.
// 404 where there is no such file. Any thread.
HttpReply page_reply(std::string_view name, const HttpRequest& request);

}  // namespace nbasync
