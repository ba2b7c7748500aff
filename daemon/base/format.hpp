#pragma once

// The project's one door to fmt, which comes with spdlog (g++ 12 has no std::format).
#include <fmt/format.h>

namespace nbasync {

using fmt::format;

}  // namespace nbasync
