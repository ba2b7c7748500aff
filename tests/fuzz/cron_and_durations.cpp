#include <chrono>
#include <optional>
#include <string>

#include "base/duration.hpp"
#include "fuzz/fuzz.hpp"
#include "schedule/cron.hpp"

// Cron expressions and durations, as the configuration, the bus and HTTP have them.

namespace {

using namespace nbasync;

void try_duration(std::string_view text) {
  Duration duration{};
  if (!fuzz::takes([&] { duration = parse_duration(text); })) return;
  fuzz::require(duration >= Duration::zero(), "a duration is not negative");
  const auto again = format_duration(duration);
  fuzz::require(parse_duration(again) == duration, "a duration is read back to the same");
  fuzz::require(format_duration(parse_duration(again)) == again, "and is written the same");
}

void try_cron(std::string_view text) {
  std::optional<Cron> cron;
  if (!fuzz::takes([&] { cron.emplace(text); })) return;
  const auto gaps = cron->gaps();
  fuzz::require(gaps.shortest <= gaps.longest, "the shortest gap is not longer than the longest");
  LocalTime time{std::chrono::hours{24 * 365 * 56}};
  for (int due = 0; due < 4; ++due) {
    const auto next = cron->next_after(time);
    if (!next) return;
    fuzz::require(*next > time, "the next due minute is later");
    fuzz::require(next->time_since_epoch() % std::chrono::minutes{1} == std::chrono::seconds{0},
                  "and is a whole minute");
    time = *next;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  try_duration(text);
  try_cron(text);
  return 0;
}
