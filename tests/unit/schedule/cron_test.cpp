#include "schedule/cron.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <ostream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

using namespace std::chrono;

// "2025-12-01 09:30" and back; "never" for none.
LocalTime local(const std::string& text) {
  const auto utc = parse_utc(text.substr(0, 10) + "T" + text.substr(11) + ":00Z");
  return LocalTime(floor<seconds>(utc.value().time_since_epoch()));
}

std::string show(std::optional<LocalTime> time) {
  if (!time) return "never";
  const std::string utc = format_utc(SystemTime(time->time_since_epoch()));
  return utc.substr(0, 10) + " " + utc.substr(11, 5);
}

struct Next {
  std::string cron;
  std::string from;
  std::string next;
};

void PrintTo(const Next& next, std::ostream* out) { *out << next.cron << " from " << next.from; }

class CronNextTest : public testing::TestWithParam<Next> {};

TEST_P(CronNextTest, IsTheFirstDueMinuteThatIsLater) {
  EXPECT_EQ(show(Cron(GetParam().cron).next_after(local(GetParam().from))), GetParam().next)
      << GetParam().cron << " from " << GetParam().from;
}

// 1 December 2025 is a Monday.
INSTANTIATE_TEST_SUITE_P(
    Table, CronNextTest,
    testing::ValuesIn(std::vector<Next>{
        {"* * * * *", "2025-12-01 09:00", "2025-12-01 09:01"},
        {"* * * * *", "2025-12-31 23:59", "2026-01-01 00:00"},
        {"0 9 * * *", "2025-12-01 08:59", "2025-12-01 09:00"},
        {"0 9 * * *", "2025-12-01 09:00", "2025-12-02 09:00"},
        {"  0\t9  * * * ", "2025-12-01 09:00", "2025-12-02 09:00"},
        {"*/15 * * * *", "2025-12-01 09:14", "2025-12-01 09:15"},
        {"*/25 * * * *", "2025-12-01 09:50", "2025-12-01 10:00"},
        {"10-50/20 * * * *", "2025-12-01 09:10", "2025-12-01 09:30"},
        {"5,35-37,59 * * * *", "2025-12-01 09:36", "2025-12-01 09:37"},
        {"5,35-37,59 * * * *", "2025-12-01 09:37", "2025-12-01 09:59"},
        {"30 18-23/2 * * *", "2025-12-01 20:30", "2025-12-01 22:30"},
        {"0 0 1 * *", "2025-12-01 00:00", "2026-01-01 00:00"},
        {"0 0 31 * *", "2026-01-31 00:00", "2026-03-31 00:00"},
        {"0 0 29 2 *", "2025-12-01 00:00", "2028-02-29 00:00"},
        {"0 0 29 2 *", "2096-02-29 00:00", "2104-02-29 00:00"},
        {"0 0 30 2 *", "2025-12-01 00:00", "never"},
        {"0 0 31 4,6,9,11 *", "2025-12-01 00:00", "never"},
        {"0 0 L * *", "2025-12-01 00:00", "2025-12-31 00:00"},
        {"0 0 L 2 *", "2025-12-01 00:00", "2026-02-28 00:00"},
        {"0 0 l 2 *", "2027-12-01 00:00", "2028-02-29 00:00"},
        {"0 0 15,L * *", "2025-12-15 00:00", "2025-12-31 00:00"},
        {"0 0 L * mon", "2025-12-29 00:00", "2025-12-31 00:00"},
        {"0 0 * oct-dec,Jun *", "2025-12-31 00:00", "2026-06-01 00:00"},
        {"0 0 * * SUN", "2025-12-01 00:00", "2025-12-07 00:00"},
        {"0 0 * * 0", "2025-12-01 00:00", "2025-12-07 00:00"},
        {"0 0 * * 7", "2025-12-01 00:00", "2025-12-07 00:00"},
        {"0 0 * * 5-7", "2025-12-06 00:00", "2025-12-07 00:00"},
        {"0 0 * * fri-sun", "2025-12-06 00:00", "2025-12-07 00:00"},
        {"0 0 * * sun-tue", "2025-12-02 00:00", "2025-12-07 00:00"},
        {"0 0 * * mon-fri", "2025-12-05 00:00", "2025-12-08 00:00"},
        {"0 0 * * */2", "2025-12-01 00:00", "2025-12-02 00:00"},
        // Both days restricted: either will do. One begins with a star: both must hold.
        {"0 0 13 * fri", "2025-12-01 00:00", "2025-12-05 00:00"},
        {"0 0 13 * fri", "2025-12-12 00:00", "2025-12-13 00:00"},
        {"0 0 */13 * fri", "2025-12-01 00:00", "2026-02-27 00:00"},
        {"0 0 29 2 */3", "2025-12-01 00:00", "2032-02-29 00:00"},
        {"@hourly", "2025-12-01 09:00", "2025-12-01 10:00"},
        {"@daily", "2025-12-01 09:00", "2025-12-02 00:00"},
        {"@midnight", "2025-12-01 09:00", "2025-12-02 00:00"},
        {"@weekly", "2025-12-01 09:00", "2025-12-07 00:00"},
        {"@monthly", "2025-12-01 09:00", "2026-01-01 00:00"},
        {"@yearly", "2025-12-01 09:00", "2026-01-01 00:00"},
        {"@Annually", "2026-01-01 00:00", "2027-01-01 00:00"},
    }));

TEST(CronTest, SecondsWithinAMinuteDoNotMatter) {
  const LocalTime within = local("2025-12-01 09:00") + 59s;
  EXPECT_EQ(show(Cron("* * * * *").next_after(within)), "2025-12-01 09:01");
}

TEST(CronTest, KeepsTheTextAsWritten) {
  EXPECT_EQ(Cron("@daily").text(), "@daily");
  EXPECT_EQ(Cron("0  9 * * MON").text(), "0  9 * * MON");
}

struct Fault {
  std::string cron;
  std::string message;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << '\'' << fault.cron << '\''; }

class CronErrorTest : public testing::TestWithParam<Fault> {};

TEST_P(CronErrorTest, PointsAtTheField) {
  try {
    Cron cron(GetParam().cron);
    FAIL() << "accepted: " << GetParam().cron;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kBadConfiguration);
    EXPECT_EQ(error.what(), format("cron '{}': {}", GetParam().cron, GetParam().message));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, CronErrorTest,
    testing::ValuesIn(std::vector<Fault>{
        {"0 25 * * *", "hour: 25 is not in 0-23"},
        {"60 * * * *", "minute: 60 is not in 0-59"},
        {"0 0 0 * *", "day of month: 0 is not in 1-31"},
        {"0 0 32 * *", "day of month: 32 is not in 1-31"},
        {"0 0 * 13 *", "month: 13 is not in 1-12"},
        {"0 0 * * 8", "weekday: 8 is not in 0-7"},
        {"99999999999999999999 * * * *", "minute: 99999999999999999999 is not in 0-59"},
        {"0 0 * * mno", "weekday: 'mno' is no number; did you mean 'mon'?"},
        {"0 0 * juli *", "month: 'juli' is no number; did you mean 'jul'?"},
        {"x * * * *", "minute: 'x' is no number"},
        {"L * * * *", "minute: 'L' is no number"},
        {"-5 * * * *", "minute: a value is missing"},
        {"1,,2 * * * *", "minute: a value is missing"},
        {"1- * * * *", "minute: a value is missing"},
        {"1.5 * * * *", "minute: '1.5' is no number"},
        {"0 18-6 * * *", "hour: the range '18-6' runs backwards"},
        {"*/0 * * * *", "minute: the step '0' is not in 1-59"},
        {"*/60 * * * *", "minute: the step '60' is not in 1-59"},
        {"*/ * * * *", "minute: the step '' is not in 1-59"},
        {"5/15 * * * *", "minute: the step of '5/15' needs a range, like 5-59/15"},
        {"0 9 * *", "4 fields where five are needed: minute, hour, day of month, month, weekday"},
        {"0 0 9 * * *",
         "6 fields where five are needed: minute, hour, day of month, month, weekday"},
        {"", "0 fields where five are needed: minute, hour, day of month, month, weekday"},
        {"@dayly", "'@dayly' is no known word; did you mean '@daily'?"},
    }));

// Random expressions beside a plain search, day by day and minute by minute.
class RandomCron {
 public:
  explicit RandomCron(std::uint64_t seed) : random_(seed) {
    for (unsigned i = 0; i < 5; ++i) choose(i);
  }

  std::string text() const { return text_; }
  LocalTime any_time() { return LocalTime(seconds(random_() % 4'000'000'000)); }

  std::optional<LocalTime> next_after(LocalTime time) const {
    const auto today = floor<days>(time);
    for (auto day = today; day < today + years(12); day += days(1)) {
      if (!due(day)) continue;
      for (auto minute = 0min; minute < 24h; minute += 1min) {
        const bool chosen = has(0, minute.count() % 60) && has(1, minute.count() / 60);
        if (chosen && day + minute > time) return day + minute;
      }
    }
    return std::nullopt;
  }

 private:
  void choose(unsigned field) {
    static constexpr unsigned kLow[] = {0, 0, 1, 1, 0};
    static constexpr unsigned kHigh[] = {59, 23, 31, 12, 6};
    stars_[field] = random_() % 3 == 0;
    const unsigned count = stars_[field] ? kHigh[field] - kLow[field] + 1 : 1 + random_() % 4;
    for (unsigned i = 0; i < count; ++i) {
      const auto any =
          kLow[field] + static_cast<unsigned>(random_() % (kHigh[field] - kLow[field] + 1));
      chosen_[field].insert(stars_[field] ? kLow[field] + i : any);
    }
    std::string list;
    for (const auto value : chosen_[field]) list += format("{}{}", list.empty() ? "" : ",", value);
    text_ += (field == 0 ? "" : " ") + (stars_[field] ? "*" : list);
  }

  bool has(unsigned field, std::int64_t value) const {
    return chosen_[field].contains(static_cast<unsigned>(value));
  }

  bool due(local_days day) const {
    const year_month_day date(day);
    const bool by_day = has(2, static_cast<unsigned>(date.day()));
    const bool by_weekday = has(4, weekday(day).c_encoding());
    const bool either = !stars_[2] && !stars_[4];
    return has(3, static_cast<unsigned>(date.month())) &&
           (either ? by_day || by_weekday : by_day && by_weekday);
  }

  std::mt19937_64 random_;
  std::string text_;
  std::set<unsigned> chosen_[5];
  bool stars_[5] = {};
};

TEST(CronTest, FindsTheSameMinutesAsAPlainSearch) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    RandomCron random(seed);
    const Cron cron(random.text());
    for (int i = 0; i < 5; ++i) {
      const LocalTime from = random.any_time();
      ASSERT_EQ(show(cron.next_after(from)), show(random.next_after(from)))
          << random.text() << " from " << show(from);
    }
  }
}

TEST(CronTest, ItsGapsAreFromOneDueMinuteToTheNextADayAtMost) {
  const auto gaps = [](const char* text) {
    const auto found = Cron(text).gaps();
    return std::pair(found.shortest, found.longest);
  };
  EXPECT_EQ(gaps("* * * * *"), std::pair(1min, 1min));
  EXPECT_EQ(gaps("*/7 * * * *"), std::pair(4min, 7min)) << "56 to 00";
  EXPECT_EQ(gaps("0 9,21 * * *"), std::pair(minutes(12h), minutes(12h)));
  EXPECT_EQ(gaps("0 0,23 * * *"), std::pair(minutes(1h), minutes(23h)));
  EXPECT_EQ(gaps("0 0,23 * * mon"), std::pair(minutes(23h), minutes(24h)))
      << "no neighbouring days";
  EXPECT_EQ(gaps("0 9 * * *"), std::pair(minutes(24h), minutes(24h)));
  EXPECT_EQ(gaps("0 0 30 2 *"), std::pair(minutes(24h), minutes(24h))) << "never";
}

}  // namespace
}  // namespace nbasync
