#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"

namespace nbasync {

// A socket that listens, ready to be accepted from. One of ours is removed from the file system at
// the end. Making one blocks, and throws Error(kInternal).
class ListenSocket {
 public:
  static constexpr mode_t kGroupMode = 0660;

  // Listens at `path`, for whom `mode` says. A socket that a dead process left there is removed;
  // one at which somebody listens is an error.
  static ListenSocket at_path(const std::filesystem::path& path, mode_t mode = kGroupMode);

  // Gives the socket at `path` to a group; unless it is not ours to give, for who is neither root
  // nor a member: then it stays with our own group. Throws nothing.
  static void give_to(const std::filesystem::path& path, gid_t group) noexcept;

  // Listens at "127.0.0.1:8080", "[::1]:8080", "localhost:8080".
  static ListenSocket at_address(const std::string& address);

  // The sockets that systemd has passed to this process (LISTEN_FDS), by their names
  // (FileDescriptorName). At the first call only; child processes do not inherit them.
  struct Passed;
  static std::vector<Passed> passed();

  // The same socket once more, which removes nothing at its end.
  ListenSocket duplicate() const;

  ListenSocket(ListenSocket&&) noexcept = default;
  ListenSocket& operator=(ListenSocket&&) = delete;
  ~ListenSocket();

  int fd() const { return fd_.get(); }

  // Where it is in the file system; empty for one that is not.
  std::filesystem::path path() const;

 private:
  explicit ListenSocket(UniqueFd fd) : fd_(std::move(fd)) {}

  UniqueFd fd_;
  std::filesystem::path path_;  // to be removed; empty: not ours
  ino_t inode_ = 0;
};

struct ListenSocket::Passed {
  std::string name;
  ListenSocket socket;
};

}  // namespace nbasync
