#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "ctl/transport/client.hpp"

namespace nbasync::ctl {

inline constexpr std::chrono::seconds kAnswerTime{25};  // for the daemon, as on the bus
inline constexpr int kMostCuts = 5;  // connections in a row that end without an answer

// The daemon over its control socket at this path. Does not connect yet. What is not to be had this
// way is thrown as SocketUnusable, see socket_error.hpp.
std::unique_ptr<Client> make_socket_client(std::string path);

}  // namespace nbasync::ctl
