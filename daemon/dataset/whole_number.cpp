#include "dataset/whole_number.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

namespace nbasync {
namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 53;

std::optional<std::int64_t> bounded(std::int64_t integer) {
  if (integer > kLargest || integer < -kLargest) return std::nullopt;
  return integer;
}

}  // namespace

bool is_too_large(simdjson::dom::element cell) {
  return cell.is_number() && std::abs(cell.get_double().value_unsafe()) > double{kLargest};
}

std::optional<std::int64_t> whole_number(simdjson::dom::element cell) {
  if (cell.is_int64()) return bounded(cell.get_int64().value_unsafe());
  if (cell.is_double()) {
    const double real = cell.get_double().value_unsafe();
    if (std::trunc(real) == real && !is_too_large(cell)) return static_cast<std::int64_t>(real);
  } else if (cell.is_string()) {
    const std::string_view text = cell.get_string().value_unsafe();
    std::int64_t integer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (error == std::errc() && end == text.data() + text.size()) return bounded(integer);
  }
  return std::nullopt;
}

}  // namespace nbasync
