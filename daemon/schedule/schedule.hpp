#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/clock.hpp"
#include "schedule/cron.hpp"
#include "schedule/zone.hpp"

namespace nbasync {

// When something is due: a cron expression in a time zone, or a fixed period. A value without
// state: what ran last, its caller knows.
class Schedule {
 public:
  // A local time that the zone's clock skips is due at the first instant after the gap, together
  // with what else is due then. One that it shows twice is due the first time only; but an
  // expression of every hour (is_of_every_hour) tells a pace, as in cron(8), and is due both times.
  Schedule(Cron cron, Zone zone);

  // Every `period` from an anchor on. Throws Error(kBadConfiguration) unless it is positive.
  explicit Schedule(Duration period);

  // The first due instant later than `time`; nullopt if there is none, as for 30 February. A period
  // counts from `anchor`: by default the epoch, so that 1h is due on the hour of UTC; to count from
  // the end of the last run, pass that.
  std::optional<SystemTime> next_after(SystemTime time, SystemTime anchor = {}) const;

  bool has_period() const noexcept { return std::holds_alternative<Duration>(rule_); }

  // "cron '0 9 * * *' in America/Denver", "every 1h".
  std::string describe() const;

  friend bool operator==(const Schedule&, const Schedule&) = default;

 private:
  struct CronInZone {
    Cron cron;
    Zone zone;
    friend bool operator==(const CronInZone&, const CronInZone&) = default;
  };

  std::variant<CronInZone, Duration> rule_;
};

}  // namespace nbasync
