#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace nbasync {

// Which file it is, however it is called.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t names = 0;  // how many names (hard links) it has
  std::uint64_t bytes = 0;

  bool is_same_file(const FileIdentity& other) const {
    return device == other.device && inode == other.inode;
  }
};

// Of the file that a path leads to, or that is open. nullopt: there is none, or it cannot be asked.
std::optional<FileIdentity> identity_of(const std::string& path);
std::optional<FileIdentity> identity_of(int descriptor);

// The path without links, as far as it exists: each name of a file that is a link leads to the one
// path. Also of a file that is not there yet.
std::string without_links(const std::string& path);

}  // namespace nbasync
