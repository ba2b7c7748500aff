#pragma once

#include <string>
#include <string_view>

#include "base/unique_fd.hpp"

namespace nbasync::ctl {

// A file that is there as a whole or not at all: it is written beside its place, under a name of
// its own, and takes its place when all of it is on the disk. What is not kept is removed. Throws
// Error(kStorage), with the path and the reason.
class WrittenFile {
 public:
  explicit WrittenFile(std::string path);
  ~WrittenFile();
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;

  void write(std::string_view bytes);
  void keep();

 private:
  [[noreturn]] void fail() const;  // by errno

  std::string path_;
  std::string part_;  // empty: it is kept
  UniqueFd file_;
};

}  // namespace nbasync::ctl
