#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "control/http_reply.hpp"
#include "control/http_request.hpp"
#include "control/routes.hpp"

namespace nbasync {

// Who may what: whoever can connect may read; to change something takes the right peer on the Unix
// socket, or the token. A value, without the network or the system.
class Authorization {
 public:
  struct Rules {
    std::string token;           // empty: there is none
    std::optional<gid_t> group;  // whose members may change things over the Unix socket
    uid_t own_uid = 0;           // the daemon's: it could signal itself as well
  };

  explicit Authorization(Rules rules) : rules_(std::move(rules)) {}

  // nullopt: it may. Else 401 where a token would help, 403 where none is configured.
  std::optional<HttpReply> refuse(Access access, const HttpRequest& request) const;

 private:
  bool is_trusted(const Peer& peer) const;

  Rules rules_;
};

// Compares in a time that depends on the length of `given` only.
bool is_same_secret(std::string_view given, std::string_view secret);

// The gid of this group, nullopt if there is none. Asks the name service: blocking, for start-up.
std::optional<gid_t> find_group(const std::string& name);

}  // namespace nbasync
