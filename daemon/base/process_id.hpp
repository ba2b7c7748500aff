#pragma once

#include <string>

namespace nbasync {

// Of this start of the machine; empty if that cannot be told.
std::string boot_id();

// This process in one word, which no other has, on whichever machine.
std::string process_id();

// Whether that process has ended for certain: it ran where this one does, and is there no more. Of
// one on another machine, or in another container, nothing is known.
bool has_ended(const std::string& process_id);

}  // namespace nbasync
