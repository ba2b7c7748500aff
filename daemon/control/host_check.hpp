#pragma once

#include <optional>
#include <string>
#include <vector>

#include "control/route.hpp"
#include "http/request.hpp"

namespace nbasync {

// Keeps web pages of others out of the TCP listener: a name that a page's owner lets point to this
// machine (DNS rebinding) is none of ours. A value, without the network.
class HostCheck {
 public:
  // Addresses and localhost are always right; `names` besides, in any case.
  explicit HostCheck(std::vector<std::string> names);

  // Why the request is refused; nullopt if it is not. A foreign host is refused to whoever changes
  // something, and to browsers; others, as a Prometheus that scrapes by name, may read. A change
  // that a page of a foreign origin asks for is refused.
  std::optional<std::string> fault_of(Access access, const HttpRequest& request) const;

 private:
  bool is_ours(std::string_view authority) const;

  std::vector<std::string> names_;
};

// What this machine calls itself: its host name, and that without its domain.
std::vector<std::string> own_names();

}  // namespace nbasync
