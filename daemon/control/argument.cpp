#include "control/argument.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "dataset/date.hpp"
#include "model/season.hpp"
#include "model/sync_option.hpp"

namespace nbasync {
namespace {

constexpr double kLongest = std::chrono::duration<double>(kLongestOption).count();  // seconds

template <typename Number>
std::optional<Number> to_number(std::string_view text) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

// An id, or three letters.
bool is_team(std::string_view text) {
  const auto all = [&](int (*fits)(int)) {
    return std::ranges::all_of(text, [&](unsigned char c) { return c < 0x80 && fits(c) != 0; });
  };
  return (text.size() == 3 && all(std::isalpha)) || (text.size() <= 18 && all(std::isdigit));
}

void check_text(const Parameter& parameter, const std::string& text) {
  const auto refuse_unless = [&](bool fits, std::string_view why) {
    if (!fits)
      refuse_parameter(parameter.name, format("{} {}", in_quotes(text, kLongestExcerpt), why));
  };
  switch (parameter.kind) {
    case Parameter::Kind::kDate:
      return refuse_unless(parse_date(text).has_value(), "is no date; write it as 2026-01-15");
    case Parameter::Kind::kSeason:
      return refuse_unless(season_start_year(text).has_value(),
                           "is no season; write it as 2025-26");
    case Parameter::Kind::kTeam:
      return refuse_unless(is_team(text), "is no team; write its three letters or its id");
    case Parameter::Kind::kWord:
      if (std::ranges::find(parameter.words, text) != parameter.words.end()) return;
      return refuse_unless(false, "is not known" + suggest(text, parameter.words));
    default:
      return;
  }
}

Duration read_duration(const Parameter& parameter, const std::string& text) {
  const auto duration = parse_seconds_or_duration(parameter.name, text);
  const auto most = std::get<Duration>(parameter.most);
  if (duration > most) {
    refuse_parameter(parameter.name, format("at most {} is possible", format_duration(most)));
  }
  return duration;
}

unsigned read_limit(const Parameter& parameter, const std::string& text) {
  const auto number = to_number<unsigned>(text);
  const auto most = std::get<unsigned>(parameter.most);
  if (!number || *number == 0 || *number > most) {
    refuse_parameter(parameter.name,
                     format("{} is not within 1 and {}", in_quotes(text, kLongestExcerpt), most));
  }
  return *number;
}

Argument read_number(const Parameter& parameter, const std::string& text) {
  const auto number = to_number<std::int64_t>(text);
  if (!number || *number < 0) {
    refuse_parameter(parameter.name, format("{} is no whole number of 0 or more",
                                            in_quotes(text, kLongestExcerpt)));
  }
  return number;
}

}  // namespace

void refuse_parameter(std::string_view name, const std::string& why) {
  throw Error(Errc::kInvalidArgument, format("parameter '{}': {}", name, why));
}

Argument read_argument(const Parameter& parameter, const std::string& text) {
  if (parameter.kind == Parameter::Kind::kDuration) return read_duration(parameter, text);
  if (parameter.kind == Parameter::Kind::kLimit) return read_limit(parameter, text);
  if (parameter.kind == Parameter::Kind::kNumber) return read_number(parameter, text);
  check_text(parameter, text);
  return text;
}

Duration parse_seconds_or_duration(std::string_view name, const std::string& text) {
  if (const auto seconds = to_number<double>(text)) {
    if (!std::isfinite(*seconds) || *seconds < 0 || *seconds > kLongest) {
      refuse_parameter(name, format("{} is not within 0 and {:.0f} seconds", text, kLongest));
    }
    return Duration(std::llround(*seconds * 1000));
  }
  const auto duration = [&] {
    try {
      return parse_duration(text);
    } catch (const Error& error) {
      refuse_parameter(name, error.what());
    }
  }();
  if (duration > kLongestOption) {
    refuse_parameter(name, format("at most {} is possible", format_duration(kLongestOption)));
  }
  return duration;
}

}  // namespace nbasync
