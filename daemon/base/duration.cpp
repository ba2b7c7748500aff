#include "base/duration.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t millis;
};

constexpr std::array<Unit, 5> kUnits{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw Error(Errc::kInvalidArgument, format("'{}' is not a duration: {}", excerpt(text), why));
}

}  // namespace

Duration parse_duration(std::string_view text) {
  constexpr std::string_view kExamples = "write it like 30s, 5m or 2h30m";
  std::int64_t total = 0;
  auto unit = kUnits.begin();  // the largest that may come next
  for (auto rest = text; !rest.empty() || text.empty();) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    if (error == std::errc::invalid_argument) refuse(text, kExamples);
    const auto digits = static_cast<std::size_t>(end - rest.data());
    const auto number = rest.substr(0, digits);
    rest.remove_prefix(digits);
    const auto name = rest.substr(0, rest.find_first_of("0123456789"));
    rest.remove_prefix(name.size());
    if (name.empty()) refuse(text, format("it lacks a unit; write {}s for seconds", number));

    auto known = kUnits.begin();
    while (known != kUnits.end() && known->name != name) ++known;
    if (known == kUnits.end()) {
      refuse(text, format("'{}' is not a unit; the units are d, h, m, s and ms", excerpt(name)));
    }
    if (known < unit) refuse(text, "each unit goes once, the largest first, as in 2h30m");
    unit = known + 1;

    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    const auto room = static_cast<std::uint64_t>((kMost - total) / known->millis);
    if (error == std::errc::result_out_of_range || count > room) refuse(text, "it is too long");
    total += static_cast<std::int64_t>(count) * known->millis;
  }
  return Duration{total};
}

std::string format_duration(Duration duration) {
  std::string text;
  auto rest = duration.count();
  for (const auto& [name, millis] : kUnits) {
    if (rest >= millis) text += format("{}{}", rest / millis, name);
    rest %= millis;
  }
  return text.empty() ? "0s" : text;
}

}  // namespace nbasync
