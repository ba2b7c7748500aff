#pragma once

#include <string>

#include "model/run_record.hpp"

namespace nbasync {

// How a run ended, for people: a table of what became of the rows, a line a step.
std::string summary(const RunRecord& run);

}  // namespace nbasync
