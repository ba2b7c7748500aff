#pragma once

#include <string>

namespace nbasync {

// Writes what the unit of a hook is told to its file, of which whoever opens it has one text as a
// whole, the newest. Any thread; blocking. Throws Error(kStorage…).
void write_call(const std::string& unit, const std::string& text);

}  // namespace nbasync
