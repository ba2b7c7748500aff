#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace nbasync {

// Who is at the other end of a connection, as the kernel tells. A value.
struct Peer {
  bool local = false;  // over the Unix socket, and the kernel knows who; else over TCP
  uid_t uid = static_cast<uid_t>(-1);
  pid_t pid = 0;
  std::vector<gid_t> groups;  // the primary one and the supplementary ones
  std::string address;        // over TCP: "127.0.0.1:50123"
};

// Asks the kernel about a connected socket; no name service is asked, so it never blocks. What
// cannot be told stays as in a Peer that may nothing.
Peer peer_of(int fd);

// Whose budgets a peer lives on: its user on the Unix socket, its address over TCP, of IPv6 the
// network
// (/64) that one household or machine is given. Empty if it is not known.
std::string account_of(const Peer& peer);

// For people: "http uid 1000 pid 4711", "http 127.0.0.1:50123".
std::string to_string(const Peer& peer);

}  // namespace nbasync
