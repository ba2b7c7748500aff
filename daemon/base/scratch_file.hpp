#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/unique_fd.hpp"

namespace nbasync {

// Where what is only needed for a while is written: TMPDIR, else /var/tmp, which unlike /tmp is on
// a disk.
std::string scratch_directory();

// A file without a name, which goes with its descriptor. Any thread; blocking.
class ScratchFile {
 public:
  // Throws Error(kStorage…), naming the directory.
  ScratchFile();

  void write(std::string_view bytes);

  // Its descriptor; nothing can be written any more.
  UniqueFd take() { return std::move(file_); }

 private:
  std::string directory_;
  UniqueFd file_;
};

// A directory of its own, which goes with all that is in it. Any thread; blocking.
class ScratchDirectory {
 public:
  // Throws Error(kStorage…).
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Writes all of it to an open file; `path` is what an error names. Throws Error(kStorage…).
void write_all(int file, std::string_view bytes, std::string_view path);

// Opens a file for reading. Throws Error(kStorage…).
UniqueFd open_file(const std::string& path);

// What errno says of a file or directory, with a hint; kStorageFull where there is no room.
[[noreturn]] void throw_of_file(std::string_view path, int error);

}  // namespace nbasync
