#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbasync {

// A request's target, decoded.
struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};

// Takes "/api/v1/runs?limit=5" apart. Strict: throws Error(kInvalidArgument) for what is no path, a
// wrong escape, a control character, and an escaped slash, which would change what a path names.
Target parse_target(std::string_view text);

}  // namespace nbasync
