#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace nbasync {

// The longest wait of a get; where more is asked for it fails at once and says when to try again.
inline constexpr Duration kLongestWait = std::chrono::seconds{60};

// The wait before the next try after `tries` failed ones: `first`, doubled from try to try up to 30
// s, of which the upper half is random (equal jitter). random is in [0, 1].
Duration backoff(Duration first, int tries, double random);

// A Retry-After header: seconds or an HTTP-date, clamped to 1…3600 s. A date in the past comes out
// negative and thus as 1 s. nullopt where it is neither.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, SystemTime now);

// An HTTP-date; nullopt for what is none, and for one that no clock shows.
std::optional<SystemTime> parse_http_date(const std::string& value);

}  // namespace nbasync
