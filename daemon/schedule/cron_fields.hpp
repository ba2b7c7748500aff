#pragma once

#include <cstdint>
#include <string_view>

namespace nbasync {

// What the five fields of a cron expression say. Bit n of a mask: n is chosen; the last day of the
// month is bit 0 of `days`, Sunday bit 0 of `weekdays`.
struct CronFields {
  std::uint64_t minutes = 0;
  std::uint64_t hours = 0;
  std::uint64_t days = 0;
  std::uint64_t months = 0;
  std::uint64_t weekdays = 0;
  bool days_restricted = false;  // the field does not begin with `*`
  bool weekdays_restricted = false;
};

// Reads an expression as described in cron.hpp. Throws Error(kBadConfiguration).
CronFields parse_cron(std::string_view text);

}  // namespace nbasync
