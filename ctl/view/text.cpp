#include "ctl/view/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "base/format.hpp"

namespace nbasync::ctl {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 0.9995) return format("{:.0f} ms", std::max(seconds, 0.0) * 1000);
  if (seconds < 9.95) return format("{:.1f} s", seconds);
  const auto whole = std::llround(seconds);
  if (whole < kMinute) return format("{} s", whole);
  if (whole < kHour) return format("{} min {:02} s", whole / kMinute, whole % kMinute);
  if (whole < kDay) return format("{} h {:02} min", whole / kHour, whole % kHour / kMinute);
  return format("{} d {:02} h", whole / kDay, whole % kDay / kHour);
}

std::string age_text(SystemTime then, SystemTime now) {
  const auto age = std::chrono::floor<std::chrono::seconds>(now - then).count();
  const auto seconds = std::max<std::int64_t>(age, 0);
  if (seconds < kMinute) return format("{} s", seconds);
  if (seconds < kHour) return format("{} min", seconds / kMinute);
  if (seconds < 2 * kDay) return format("{} h", seconds / kHour);
  return format("{} d", seconds / kDay);
}

std::string ago_text(SystemTime then, SystemTime now) {
  // Of a clock that was wrong; a little is the difference of two clocks.
  if (then - now > std::chrono::minutes(1)) return "in " + left_text(then, now);
  return now - then < std::chrono::seconds(1) ? "now" : age_text(then, now) + " ago";
}

std::string left_text(SystemTime then, SystemTime now) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(then - now).count();
  if (seconds <= 0) return "now";
  return seconds < kMinute ? format("{} s", seconds) : duration_text(static_cast<double>(seconds));
}

std::string bytes_text(std::int64_t bytes) {
  if (bytes < 1000) return format("{} B", bytes);
  constexpr std::array kUnits{"kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; value >= 999.95 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  return format("{:.1f} {}", value, kUnits.at(unit));
}

std::string count_text(std::int64_t count, std::string_view noun) {
  return format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string position_text(std::uint64_t position) {
  if (position <= 1) return "next";
  const auto last = position / 10 % 10 == 1 ? 0 : position % 10;
  return format("{}{}", position, last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

std::string number_text(std::int64_t number) {
  auto text = format("{}", number);
  for (auto at = text.size(); at > 3 && text[at - 4] != '-'; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string bar_text(unsigned percent, const Terminal& terminal) {
  constexpr unsigned kCells = 10;
  const unsigned full = std::min(percent, 100U) / kCells;
  const auto& glyphs = terminal.glyphs();
  std::string bar(glyphs.bar_begin);
  for (unsigned cell = 0; cell < kCells; ++cell) {
    bar += cell < full ? glyphs.bar_full : glyphs.bar_empty;
  }
  return bar.append(glyphs.bar_end);
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return !continues(byte); }));
}

std::string cut(std::string_view text, std::size_t width, const Terminal& terminal) {
  if (width == 0 || width_of(text) <= width) return std::string(text);
  std::size_t end = 0;
  for (std::size_t columns = 0; end < text.size(); ++end) {
    if (!continues(text[end]) && ++columns == width) break;
  }
  return std::string(text.substr(0, end)).append(terminal.glyphs().ellipsis);
}

std::vector<std::string> folded(std::string_view text, std::size_t width, std::size_t indent) {
  std::vector<std::string> lines;
  const auto room = width > indent ? width - indent : 0;
  while (room > 0 && width_of(text) > room) {
    // As many bytes as columns are never too wide.
    const auto space = text.substr(0, room + 1).rfind(' ');
    if (space == std::string_view::npos || space == 0) break;
    lines.emplace_back(text.substr(0, space));
    text.remove_prefix(space + 1);
  }
  lines.emplace_back(text);
  return lines;
}

}  // namespace nbasync::ctl
