#pragma once

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <string>

namespace nbasync::testing {

// Whether this program is on the PATH: a test that needs it is skipped, saying so, where it is not.
inline bool has_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((folder + "/" + name).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace nbasync::testing
