#pragma once

// The project's one door to fmt, which comes with spdlog (g++ 12 has no std::format).
#include <fmt/compile.h>
#include <fmt/format.h>

#include <string>
#include <utility>

namespace nbasync {

// fmt::format. An object, because a function would be looked up in the namespaces of its arguments
// too: there, from g++ 13 on, std::format stands beside it, and each call with a std::string would
// be ambiguous.
struct FormatText {
  template <typename... Args>
  std::string operator()(fmt::format_string<Args...> form, Args&&... args) const {
    return fmt::format(form, std::forward<Args>(args)...);
  }
};
inline constexpr FormatText format{};

}  // namespace nbasync
