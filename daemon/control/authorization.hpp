#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "control/host_check.hpp"
#include "control/listener.hpp"
#include "control/route.hpp"
#include "http/reply.hpp"
#include "http/request.hpp"
#include "model/trust.hpp"

namespace nbasync {

// Who may what: whoever can connect may read, but no browser by a foreign name; to change something
// takes the right peer on the Unix socket, or the token. A value, without the network or the
// system.
class Authorization {
 public:
  struct Rules {
    std::string token;                  // empty: there is none
    Trust trust;                        // who may change things over the Unix socket
    std::filesystem::path socket = {};  // where that is, for people
    std::vector<std::string> hosts =
        {};  // names that are right over TCP, beside addresses and localhost
  };

  explicit Authorization(Rules rules) : rules_(std::move(rules)), hosts_(rules_.hosts) {}

  void set_trust(const Trust& trust) { rules_.trust = trust; }

  // nullopt: it may. Else 401 where a token would help, 403 where it would not.
  std::optional<HttpReply> refuse(Access access, Listener listener,
                                  const HttpRequest& request) const;

 private:
  bool is_trusted(const Peer& peer) const;

  Rules rules_;
  HostCheck hosts_;
};

// Compares in a time that depends on the length of `given` only.
bool is_same_secret(std::string_view given, std::string_view secret);

}  // namespace nbasync
