#pragma once

#include <string_view>

#include "base/clock.hpp"

namespace nbasync {

// How long after its nominal time a schedule's run starts: 0 to `bound`, both included, in whole
// milliseconds. A pure function, so that a restart does not draw anew: FNV-1a (64 bits) over the
// bytes of the name and the eight bytes of the nominal time in milliseconds since the epoch, lowest
// first; stirred by the last step of splitmix64; modulo bound + 1.
Duration jitter(std::string_view schedule_name, SystemTime nominal, Duration bound);

}  // namespace nbasync
