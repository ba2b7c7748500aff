#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include "base/clock.hpp"

namespace date {
class time_zone;
}

namespace nbasync {

// A date and time of day on a wall clock somewhere; which instant that is, a Zone says.
using LocalTime = std::chrono::local_seconds;

// A time zone of the system's tzdata; a value of pointer size that is never invalid. Any thread.
// The first zone other than UTC reads the list of zones once for the process (2 ms); each zone's
// own file is read when first used. tzdata lists transitions up to 2037: later times have the
// zone's last offset.
class Zone {
 public:
  // UTC, without reading anything.
  Zone() = default;

  // Throws Error(kBadConfiguration), with the nearest known name, for a name that tzdata lacks.
  explicit Zone(std::string_view name);

  std::string name() const;

  // What a clock on the wall shows, without fractions of a second.
  LocalTime to_local(SystemTime time) const;

  // When a clock on the wall shows `local`. Of the two instants of an overlap the first; for a time
  // that the clock skips the first instant after the gap.
  SystemTime to_system(LocalTime local) const;

  // The distance of what a clock on the wall shows from UTC at `time`, and until when it stays.
  struct Offset {
    std::chrono::seconds offset;
    SystemTime until;
  };
  Offset offset_at(SystemTime time) const;

  friend bool operator==(const Zone&, const Zone&) = default;

 private:
  const date::time_zone* zone_ =
      nullptr;  // of the library's list, which is never freed; null for UTC
};

// Reads the list of zones on a thread of its own, for who does something else meanwhile: the first
// who needs it waits for that. What fails is told to who needs a zone.
std::jthread read_zones_ahead();

// The league's zone, America/New_York.
const Zone& league_zone();

// "2025-12-01": the league's date at `time`.
std::string league_day(SystemTime time);

// "2025-26": the season that starts in this year.
std::string season_name(int start);

// "2025-26": the season at `time`; one runs from July to June, by the league's date.
std::string season_of(SystemTime time);

}  // namespace nbasync
