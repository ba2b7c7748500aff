#pragma once

#include <cstdlib>
#include <functional>
#include <map>
#include <string>

namespace nbasync::testing {

// Calls `spawn`; what it starts has the library in it, and these variables. Never throws by itself.
inline void with_preload(const std::string& library,
                         const std::map<std::string, std::string>& variables,
                         const std::function<void()>& spawn) {
  // That of a sanitizer is not the first library then, and need not be.
  const char* set = ::getenv("ASAN_OPTIONS");
  const std::string options = set == nullptr ? "" : set;
  ::setenv("ASAN_OPTIONS", (options + ":verify_asan_link_order=0").c_str(), 1);
  ::setenv("LD_PRELOAD", library.c_str(), 1);
  for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
  spawn();
  for (const auto& [name, value] : variables) ::unsetenv(name.c_str());
  ::unsetenv("LD_PRELOAD");
  ::setenv("ASAN_OPTIONS", options.c_str(), 1);
}

}  // namespace nbasync::testing
