#pragma once

#include <string>

#include "base/unique_fd.hpp"

namespace nbasync {

// The service manager's end of sd_notify(3), which itself waits while the manager reads nothing.
// Any thread; nothing throws.
class ManagerSocket {
 public:
  ManagerSocket();  // of $NOTIFY_SOCKET

  // Whether there is one.
  bool listens() const { return static_cast<bool>(fd_); }

  // Never waits: false if the manager takes nothing now. True also if nobody listens any more.
  bool send(const std::string& assignments) const;

 private:
  std::string path_;
  UniqueFd fd_;
};

}  // namespace nbasync
