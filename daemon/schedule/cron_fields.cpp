#include "schedule/cron_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed",
                                                       "thu", "fri", "sat"};

struct Field {
  std::string_view name;
  unsigned low;
  unsigned high;
  Words words;            // of low, low + 1, …
  bool has_last = false;  // L is allowed
};

constexpr std::array<Field, 5> kFields = {{{"minute", 0, 59, {}},
                                           {"hour", 0, 23, {}},
                                           {"day of month", 1, 31, {}, true},
                                           {"month", 1, 12, kMonths},
                                           {"weekday", 0, 7, kWeekdays}}};

struct Shortcut {
  std::string_view word;
  std::string_view fields;
};

constexpr std::array<Shortcut, 7> kShortcuts = {{{"@hourly", "0 * * * *"},
                                                 {"@daily", "0 0 * * *"},
                                                 {"@midnight", "0 0 * * *"},
                                                 {"@weekly", "0 0 * * 0"},
                                                 {"@monthly", "0 0 1 * *"},
                                                 {"@yearly", "0 0 1 1 *"},
                                                 {"@annually", "0 0 1 1 *"}}};

[[noreturn]] void fail(std::string_view why) {
  throw Error(Errc::kBadConfiguration, std::string(why));
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find_first_of(separators, at);
    parts.push_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return parts;
    at = end + 1;
  }
}

// "mon", "7", "59".
unsigned parse_value(const Field& field, std::string_view text) {
  const std::string word = lower(text);
  if (const auto found = std::find(field.words.begin(), field.words.end(), word);
      found != field.words.end()) {
    return field.low + static_cast<unsigned>(found - field.words.begin());
  }
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty()) fail("a value is missing");
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) {
    const auto words = std::vector<std::string_view>(field.words.begin(), field.words.end());
    fail(format("'{}' is no number{}", text, suggest(word, words)));
  }
  if (error != std::errc() || value < field.low || value > field.high) {
    fail(format("{} is not in {}-{}", text, field.low, field.high));
  }
  return value;
}

unsigned parse_step(const Field& field, std::string_view text) {
  unsigned step = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
  if (end != text.data() + text.size() || error != std::errc() || step < 1 || step > field.high) {
    fail(format("the step '{}' is not in 1-{}", text, field.high));
  }
  return step;
}

// One part of a list: "*", "5", "mon-fri", "10-50/20", "L".
std::uint64_t parse_part(const Field& field, std::string_view text) {
  if (field.has_last && lower(text) == "l") return 1;
  const auto step_at = text.find('/');
  const std::string_view range = text.substr(0, step_at);
  const auto dash = range.find('-');
  unsigned low = field.low;
  unsigned high = field.high;
  if (range != "*") {
    low = high = parse_value(field, range.substr(0, dash));
    if (dash != std::string_view::npos) {
      high = parse_value(field, range.substr(dash + 1));
      // A range of weekdays may end on Sunday.
      if (high == 0 && low > 0) high = field.high;
    } else if (step_at != std::string_view::npos) {
      fail(format("the step of '{}' needs a range, like {}-{}{}", text, range, field.high,
                  text.substr(step_at)));
    }
  }
  if (low > high) fail(format("the range '{}' runs backwards", range));
  const unsigned step =
      step_at == std::string_view::npos ? 1 : parse_step(field, text.substr(step_at + 1));
  std::uint64_t mask = 0;
  for (unsigned value = low; value <= high; value += step) mask |= std::uint64_t{1} << value;
  return mask;
}

std::uint64_t parse_field(const Field& field, std::string_view text) try {
  std::uint64_t mask = 0;
  for (const auto part : split(text, ",")) mask |= parse_part(field, part);
  return mask;
} catch (const Error& error) {
  fail(format("{}: {}", field.name, error.what()));
}

std::string_view expand(std::string_view word) {
  std::vector<std::string_view> known;
  for (const auto& shortcut : kShortcuts) {
    if (lower(word) == shortcut.word) return shortcut.fields;
    known.push_back(shortcut.word);
  }
  fail(format("'{}' is no known word{}", word, suggest(word, known)));
}

CronFields parse(std::string_view text) {
  auto words = split(text, " \t");
  std::erase(words, "");
  if (words.size() == 1 && words[0].front() == '@') words = split(expand(words[0]), " ");
  if (words.size() != kFields.size()) {
    fail(format("{} fields where five are needed: minute, hour, day of month, month, weekday",
                words.size()));
  }
  std::array<std::uint64_t, kFields.size()> masks{};
  for (std::size_t i = 0; i < masks.size(); ++i) masks[i] = parse_field(kFields[i], words[i]);
  const std::uint64_t seventh = masks[4] >> 7;
  return {.minutes = masks[0],
          .hours = masks[1],
          .days = masks[2],
          .months = masks[3],
          .weekdays = (masks[4] & 0x7f) | seventh,
          .days_restricted = words[2].front() != '*',
          .weekdays_restricted = words[4].front() != '*'};
}

}  // namespace

CronFields parse_cron(std::string_view text) try {
  return parse(text);
} catch (const Error& error) {
  fail(format("cron '{}': {}", excerpt(text), error.what()));
}

}  // namespace nbasync
