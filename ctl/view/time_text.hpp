#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"

// Moments in words, in the terminal's time zone: that of TZ, or UTC.
namespace nbasync::ctl {

// "2026-01-15 11:45:03 EST".
std::string time_text(SystemTime time, const Terminal& terminal);

// "11:45:03".
std::string clock_text(SystemTime time, const Terminal& terminal);

// As one says it now: "11:45", "tomorrow 06:00", "yesterday 23:30", "Fri 06:00" within a week, else
// "2026-10-20 19:30".
std::string day_text(SystemTime time, SystemTime now, const Terminal& terminal);

// The league's day, which is New York's, so many days from that of now: "2026-01-15". Not on
// several threads: it changes TZ for a moment.
std::string league_date(SystemTime now, int days);

// The daemon's sentences name moments as 2026-01-15T16:45:03Z: the text with these as time_text()
// has them.
std::string with_own_times(std::string_view text, const Terminal& terminal);

}  // namespace nbasync::ctl
