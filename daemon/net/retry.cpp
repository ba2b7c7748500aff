#include "net/retry.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace nbasync {
namespace {

constexpr Duration kLongestBackoff = std::chrono::seconds{30};

constexpr std::time_t kLatest = 8'000'000'000;  // of 2223: SystemTime can hold it

std::chrono::seconds clamped(std::int64_t seconds) {
  return std::chrono::seconds{std::clamp<std::int64_t>(seconds, 1, 3600)};
}

}  // namespace

Duration backoff(Duration first, int tries, double random) {
  Duration whole = std::min(first, kLongestBackoff);
  for (int i = 1; i < tries && whole < kLongestBackoff; ++i) {
    whole = std::min(whole * 2, kLongestBackoff);
  }
  const Duration half = whole / 2;
  return half + std::chrono::duration_cast<Duration>((whole - half) * random);
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, SystemTime now) {
  const char* const end = value.data() + value.size();
  std::int64_t seconds = 0;
  const auto [rest, error] = std::from_chars(value.data(), end, seconds);
  if (rest == end && error == std::errc()) return clamped(seconds);
  if (rest == end && error == std::errc::result_out_of_range) {
    return clamped(value.front() == '-' ? 0 : INT64_MAX);
  }
  const std::time_t date = curl_getdate(std::string(value).c_str(), nullptr);
  if (date == -1) return std::nullopt;
  return clamped(date - std::chrono::system_clock::to_time_t(now));
}

std::optional<SystemTime> parse_http_date(const std::string& value) {
  const std::time_t date = curl_getdate(value.c_str(), nullptr);
  if (date < 0 || date > kLatest) return std::nullopt;
  return std::chrono::system_clock::from_time_t(date);
}

}  // namespace nbasync
