#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"

// Words for people.
namespace nbasync::ctl {

// "32 ms", "2.5 s", "12 s", "2 min 22 s", "3 h 05 min", "2 d 04 h".
std::string duration_text(double seconds);

// The largest unit of the time between: "0 s", "12 s", "5 min", "47 h", "3 d".
std::string age_text(SystemTime then, SystemTime now);

// "12 s ago", "5 min ago", "3 h ago", "3 d ago"; "now" where the clocks
// disagree a little, "in 30 d 00 h" of a time to come.
std::string ago_text(SystemTime then, SystemTime now);

// What is left until then: "9 s", "5 min 30 s", "3 h 05 min", "2 d 04 h"; "now" when it is over.
std::string left_text(SystemTime then, SystemTime now);

// "870 B", "12.3 kB", "7.4 MB", "1.2 GB".
std::string bytes_text(std::int64_t bytes);

// "1 request", "16 requests".
std::string count_text(std::int64_t count, std::string_view noun);

// "next", "2nd", "3rd", "4th".
std::string position_text(std::uint64_t position);

// "26,040".
std::string number_text(std::int64_t number);

// "▕████░░░░░░▏", ten cells wide.
std::string bar_text(unsigned percent, const Terminal& terminal);

// The columns that UTF-8 text takes: its code points.
std::size_t width_of(std::string_view text);

// The text cut to so many columns, with a sign at the cut; 0 cuts nothing.
std::string cut(std::string_view text, std::size_t width, const Terminal& terminal);

// The text in lines that leave so many columns free before them; folded at spaces. Width 0 folds
// nothing.
std::vector<std::string> folded(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace nbasync::ctl
