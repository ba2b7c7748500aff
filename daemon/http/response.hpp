#pragma once

#include <microhttpd.h>

#include <functional>

#include "http/reply.hpp"

namespace nbasync {

// The reply as microhttpd sends it: its headers, and its body, which is moved out of it. nullptr if
// there is no memory for it. While a stream is being sent, `pause` is called when nothing of it is
// due: microhttpd is then to leave the connection alone; and `progress` when some of it was taken.
MHD_Response* make_response(HttpReply& reply, std::function<void()> pause,
                            std::function<void()> progress);

}  // namespace nbasync
