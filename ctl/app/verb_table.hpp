#pragma once

#include <span>
#include <string_view>

#include "ctl/verbs/verb.hpp"

namespace nbasync::ctl {

// One row of the table of verbs.
struct Verb {
  std::string_view name;
  std::string_view group;  // its heading in the help
  std::string_view summary;
  Command (*define)();
};

std::span<const Verb> verbs();

}  // namespace nbasync::ctl
