#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "support/process.hpp"

namespace nbasync::testing {

// The first Python with these modules: Debian's before another on the PATH. Empty if none has them.
inline std::string python_with(const std::string& modules) {
  for (const std::string python : {"/usr/bin/python3", "python3"}) {
    Process probe({"/bin/sh", "-c", python + " -c 'import " + modules + "'"});
    if (probe.wait() == 0) return python;
  }
  return {};
}

// Holds the daemon at this socket to its document of the interface: one check of
// openapi_contract.py, with its arguments.
inline void check_openapi(const std::string& socket, std::vector<std::string> words,
                          const std::string& modules = "jsonschema") {
  const auto python = python_with(modules);
  if (python.empty()) {
    GTEST_SKIP() << "no Python here has " << modules << " (tests/tools names the package)";
  }
  words.insert(
      words.begin(),
      {python, "-B", NBASYNC_SOURCE_DIR "/tests/integration/daemon/openapi_contract.py", socket});
  Process process(words);
  EXPECT_EQ(process.wait(std::chrono::minutes(3)), 0) << process.out() << process.err();
}

}  // namespace nbasync::testing
