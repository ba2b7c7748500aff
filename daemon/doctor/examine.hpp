#pragma once

#include "config/config.hpp"
#include "protocol/diagnosis.hpp"

namespace nbasync {

// What Doctor does, without a daemon: the same checks one after the other, read-only and without
// the lock. Blocking, for as long as reading the database takes.
protocol::Diagnosis examine(const Config& config);

}  // namespace nbasync
