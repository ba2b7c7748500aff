#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace nbasync::testing {

// What a file has; empty if it cannot be read. By streambufs, whose code is the C++ library's: test
// code is not optimised, and an iterator over the bytes took half of the time of some tests.
inline std::string file_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(text).str();
}

}  // namespace nbasync::testing
