#include "dataset/whole_number.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

namespace nbasync {
namespace {

constexpr double kExact = 9007199254740992.0;  // 2^53: beyond, a double skips whole numbers

}  // namespace

std::optional<std::int64_t> whole_number(simdjson::dom::element cell) {
  if (cell.is_int64()) return cell.get_int64().value_unsafe();
  if (cell.is_double()) {
    const double real = cell.get_double().value_unsafe();
    if (std::trunc(real) == real && std::abs(real) <= kExact)
      return static_cast<std::int64_t>(real);
  } else if (cell.is_string()) {
    const std::string_view text = cell.get_string().value_unsafe();
    std::int64_t integer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (error == std::errc() && end == text.data() + text.size()) return integer;
  }
  return std::nullopt;
}

}  // namespace nbasync
