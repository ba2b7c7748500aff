#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

// What the fuzz targets have in common. A finding is what a sanitizer tells, an exception that is
// no Error, and a promise that does not hold.
namespace nbasync::fuzz {

// A promise of the program. One that does not hold ends the process, and libFuzzer keeps the input.
inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", promise);
  std::abort();
}

// Whether the work takes its input. It may refuse it, by an Error that is fit to be shown.
template <typename Work>
bool takes(const Work& work) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    const std::string_view message = error.what();
    require(message == printable(message), "an error's message is printable");
    require(message.size() <= kLongestMessage + 8, "an error's message is not long");
    return false;
  }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// An input of several texts has this byte between them.
inline constexpr char kSeparator = '\x1e';

inline std::vector<std::string> parts_of(std::string_view input) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = input.find(kSeparator);
    parts.emplace_back(input.substr(0, end));
    if (end == input.npos) return parts;
    input.remove_prefix(end + 1);
  }
}

}  // namespace nbasync::fuzz
