#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace nbasync {

using SteadyTime = std::chrono::steady_clock::time_point;
using SystemTime = std::chrono::system_clock::time_point;
using Duration = std::chrono::milliseconds;

// Tells the time. The only places that read the machine's clocks are RealClock and boot_time();
// everything else is given a Clock, or the time itself. Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual SteadyTime steady() const = 0;
  virtual SystemTime wall() const = 0;
};

class RealClock final : public Clock {
 public:
  SteadyTime steady() const override;
  SystemTime wall() const override;
};

// As steady(), but goes on while the machine is suspended. For what others, who are not suspended,
// reckon with.
SteadyTime boot_time();

// "2025-12-01T17:30:00Z", in UTC; with_millis gives "2025-12-01T17:30:00.250Z".
std::string format_utc(SystemTime time, bool with_millis = false);

// Reads what format_utc writes, with or without a fraction; nullopt for anything else, and for a
// time that SystemTime cannot hold (years 1678 to 2261 are whole in it).
std::optional<SystemTime> parse_utc(std::string_view text);

}  // namespace nbasync
