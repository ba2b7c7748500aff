#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schedule/cron_fields.hpp"
#include "schedule/zone.hpp"

namespace nbasync {

// A cron expression: which minutes of a wall clock are due. A value; it knows no zone and no now.
//
// Five fields: minute 0-59, hour 0-23, day of the month 1-31, month 1-12, weekday 0-7 (0 and 7 are
// Sunday). A field is a list, by commas, of `*`, numbers and ranges, the last two also with a step:
// `*/15`, `10-50/20`. Months and weekdays have names (jan, mon) in any case; the day of the month L
// is its last one. Or one word: @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually.
// As in Vixie cron, a day is due when its day of the month or its weekday is, if both are
// restricted, and when both are, if either field begins with `*`.
class Cron {
 public:
  // Throws Error(kBadConfiguration): "cron '0 25 * * *': hour: 25 is not in 0-23".
  explicit Cron(std::string_view text);

  // As it was written.
  const std::string& text() const noexcept { return text_; }

  // The first due minute later than `time`; nullopt if there is none, as for 30 February. It looks
  // at whole months, so it is quick for rare dates too.
  std::optional<LocalTime> next_after(LocalTime time) const;

  // Every hour is chosen, as by "*/5 * * * *": such an expression tells a pace, others times of
  // day.
  bool is_of_every_hour() const noexcept;

  // The shortest and the longest time from one due minute to the next, where no clock is changed; a
  // day at most.
  struct Gaps {
    std::chrono::minutes shortest;
    std::chrono::minutes longest;
  };
  Gaps gaps() const;

  friend bool operator==(const Cron& a, const Cron& b) { return a.text_ == b.text_; }

 private:
  std::uint64_t due_days(std::chrono::year_month month) const;
  std::vector<std::chrono::minutes> times_of_day() const;
  std::optional<std::chrono::minutes> next_minute(std::chrono::minutes of_day) const;

  std::string text_;
  CronFields fields_;
};

}  // namespace nbasync
