#include "control/parameters.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cmath>
#include <vector>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "model/season.hpp"

namespace nbasync {
namespace {

constexpr double kLongest = 7 * 24 * 3600;  // seconds

[[noreturn]] void refuse(std::string_view name, const std::string& why) {
  throw Error(Errc::kInvalidArgument, format("parameter '{}': {}", name, why));
}

template <typename Number>
std::optional<Number> to_number(std::string_view text) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto year = to_number<unsigned>(text.substr(0, 4));
  const auto month = to_number<unsigned>(text.substr(5, 2));
  const auto day = to_number<unsigned>(text.substr(8, 2));
  if (!year || !month || !day) return false;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  return date.ok();
}

}  // namespace

Duration parse_seconds_or_duration(std::string_view name, const std::string& text) {
  if (const auto seconds = to_number<double>(text)) {
    if (!std::isfinite(*seconds) || *seconds < 0 || *seconds > kLongest) {
      refuse(name, format("{} is not within 0 and {:.0f} seconds", text, kLongest));
    }
    return Duration(std::llround(*seconds * 1000));
  }
  try {
    return parse_duration(text);
  } catch (const Error& error) {
    refuse(name, error.what());
  }
}

Parameters::Parameters(const HttpRequest& request, std::initializer_list<std::string_view> known)
    : request_(request) {
  for (auto each = request.query.begin(); each != request.query.end(); ++each) {
    const std::string_view name = each->first;
    if (std::ranges::find(known, name) == known.end()) {
      throw Error(Errc::kInvalidArgument,
                  format("unknown parameter {}{}", in_quotes(name),
                         known.size() == 0 ? "; there are none here" : suggest(name, known)));
    }
    if (std::find_if(request.query.begin(), each,
                     [&](const auto& other) { return other.first == name; }) != each) {
      refuse(name, "is given twice");
    }
  }
}

std::optional<std::string> Parameters::text(std::string_view name) const {
  for (const auto& [key, value] : request_.query) {
    if (key == name && !value.empty()) return value;
  }
  return std::nullopt;
}

std::optional<Duration> Parameters::duration(std::string_view name, Duration most) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto duration = parse_seconds_or_duration(name, *value);
  if (duration > most) refuse(name, format("at most {} is possible", format_duration(most)));
  return duration;
}

std::optional<std::string> Parameters::date(std::string_view name) const {
  auto value = text(name);
  if (value && !is_date(*value)) {
    refuse(name, format("{} is no date; write it as 2026-01-15", in_quotes(*value)));
  }
  return value;
}

std::optional<std::string> Parameters::season(std::string_view name) const {
  auto value = text(name);
  if (value && !season_start_year(*value)) {
    refuse(name, format("{} is no season; write it as 2025-26", in_quotes(*value)));
  }
  return value;
}

std::optional<std::string> Parameters::team(std::string_view name) const {
  auto value = text(name);
  const auto all = [&](int (*fits)(int)) {
    return std::ranges::all_of(*value, [&](unsigned char c) { return c < 0x80 && fits(c) != 0; });
  };
  if (value && !(value->size() == 3 && all(std::isalpha)) &&
      !(value->size() <= 18 && all(std::isdigit))) {
    refuse(name, format("{} is no team; write its three letters or its id", in_quotes(*value)));
  }
  return value;
}

unsigned Parameters::limit(std::string_view name, unsigned when_absent, unsigned most) const {
  const auto value = text(name);
  if (!value) return when_absent;
  const auto number = to_number<unsigned>(*value);
  if (!number || *number == 0 || *number > most) {
    refuse(name, format("{} is not within 1 and {}", in_quotes(*value), most));
  }
  return *number;
}

std::optional<std::string> Parameters::word(std::string_view name,
                                            const std::vector<std::string_view>& known) const {
  auto value = text(name);
  if (value && std::ranges::find(known, *value) == known.end()) {
    refuse(name, format("{} is not known{}", in_quotes(*value), suggest(*value, known)));
  }
  return value;
}

}  // namespace nbasync
