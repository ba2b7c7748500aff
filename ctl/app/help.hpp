#pragma once

#include <string>
#include <vector>

#include "ctl/app/verb_table.hpp"

namespace nbasync::ctl {

// The help of the program, and of one of its verbs. `everywhere`: the options that every verb has.
std::string program_help(const std::vector<Option>& everywhere);
std::string verb_help(const Verb& verb, const Command& command,
                      const std::vector<Option>& everywhere);

}  // namespace nbasync::ctl
