#pragma once

#include <algorithm>
#include <cstdlib>

namespace nbasync::testing {

// A number of a trial that the environment may say otherwise.
inline unsigned from_environment(const char* variable, unsigned otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::atoi(text));
}

// How often something random is tried: a quarter as often under a sanitizer, where each round takes
// several times as long.
constexpr unsigned rounds(unsigned usual) {
  return *SANITIZER == '\0' ? usual : std::max(1U, usual / 4);
}

}  // namespace nbasync::testing
