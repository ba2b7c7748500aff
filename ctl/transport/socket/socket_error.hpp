#pragma once

#include <string>

#include "base/error.hpp"
#include "ctl/transport/socket/http_response.hpp"

namespace nbasync::ctl {

// The socket is not there, or may not be used for what was asked. Nothing has happened: the same
// may be asked another way.
class SocketUnusable final : public Error {
 public:
  using Error::Error;
};

// Nobody could be connected to at `path`, as errno says.
SocketUnusable unusable(const std::string& path, int error);

// The daemon that was connected to at `path` has not answered.
Error lost(const std::string& path, const std::string& why);

// Throws what an answer with an error says: SocketUnusable for 401 and 403, else Error with the
// code and sentence of its application/problem+json.
[[noreturn]] void throw_problem(const HttpResponse& response);

}  // namespace nbasync::ctl
