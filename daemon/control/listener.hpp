#pragma once

namespace nbasync {

// Where a request came in.
enum class Listener {
  kSocket,      // control.socket
  kReadSocket,  // control.read_socket
  kTcp,         // control.http.listen
};

}  // namespace nbasync
