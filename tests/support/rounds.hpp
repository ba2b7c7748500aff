#pragma once

#include <algorithm>
#include <cstdlib>

namespace nbasync::testing {

// A number of a trial that the environment may say otherwise.
inline unsigned from_environment(const char* variable, unsigned otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::atoi(text));
}

// How much of it is tried: NBASYNC_ROUNDS, in percent; a quarter under a sanitizer, where each
// round takes several times as long.
inline unsigned percent_of_rounds() {
  return std::max(1U, from_environment("NBASYNC_ROUNDS", *SANITIZER == '\0' ? 100 : 25));
}

// How often something random is tried.
inline unsigned rounds(unsigned usual) { return std::max(1U, usual * percent_of_rounds() / 100); }

// From one place that is tried to the next, where not all are.
inline unsigned stride(unsigned usual) { return std::max(1U, usual * 100 / percent_of_rounds()); }

}  // namespace nbasync::testing
