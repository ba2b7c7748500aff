#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

#include "base/unique_fd.hpp"

namespace nbasync {

// A socket that listens, ready to be accepted from. One of ours is removed from the file system at
// the end. Making one blocks, and throws Error(kInternal).
class ListenSocket {
 public:
  // Listens at `path`, for its owner and `group` (0660). A socket that a dead process left there is
  // removed; one at which somebody listens is an error.
  static ListenSocket at_path(const std::filesystem::path& path, std::optional<gid_t> group);

  // Listens at "127.0.0.1:8080", "[::1]:8080", "localhost:8080".
  static ListenSocket at_address(const std::string& address);

  // The first socket that systemd has passed to this process (LISTEN_FDS), nullopt if it has not.
  // At the first call only; child processes do not inherit it.
  static std::optional<ListenSocket> passed();

  // The same socket once more, which removes nothing at its end.
  ListenSocket duplicate() const;

  ListenSocket(ListenSocket&&) noexcept = default;
  ListenSocket& operator=(ListenSocket&&) = delete;
  ~ListenSocket();

  int fd() const { return fd_.get(); }

 private:
  explicit ListenSocket(UniqueFd fd) : fd_(std::move(fd)) {}

  UniqueFd fd_;
  std::filesystem::path path_;  // to be removed; empty: not ours
  ino_t inode_ = 0;
};

}  // namespace nbasync
