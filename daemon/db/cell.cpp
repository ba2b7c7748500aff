#include "db/cell.hpp"

#include <charconv>

#include "base/format.hpp"

namespace nbasync {
namespace {

template <typename Number>
Number number_of(std::string_view digits) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? number : Number{};
}

bool reads_as(std::string_view digits, double wanted) {
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() && number == wanted;
}

bool number_equals(const Cell& stored, std::int64_t wanted) {
  if (const auto* integer = std::get_if<std::int64_t>(&stored)) return *integer == wanted;
  const auto real = static_cast<double>(wanted);
  if (const auto* number = std::get_if<double>(&stored)) return *number == real;
  const auto* text = std::get_if<std::string_view>(&stored);
  return text != nullptr && reads_as(*text, real);
}

bool number_equals(const Cell& stored, double wanted) {
  if (const auto* number = std::get_if<double>(&stored)) return *number == wanted;
  if (const auto* integer = std::get_if<std::int64_t>(&stored)) {
    return static_cast<double>(*integer) == wanted;
  }
  const auto* text = std::get_if<std::string_view>(&stored);
  return text != nullptr && reads_as(*text, wanted);
}

// A column of the predecessor's may turn our text into a number.
bool text_equals(const Cell& stored, const std::string& wanted) {
  if (const auto* text = std::get_if<std::string_view>(&stored)) return *text == wanted;
  return !std::holds_alternative<std::monostate>(stored) && to_text(stored) == wanted;
}

template <typename Number>
Number to_number(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return static_cast<Number>(*integer);
  if (const auto* real = std::get_if<double>(&cell)) return static_cast<Number>(*real);
  const auto* text = std::get_if<std::string_view>(&cell);
  return text == nullptr ? Number{} : number_of<Number>(*text);
}

}  // namespace

bool equal_across_kinds(const Cell& stored, const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return number_equals(stored, *real);
  if (const auto* integer = std::get_if<std::int64_t>(&value))
    return number_equals(stored, *integer);
  if (const auto* text = std::get_if<std::string>(&value)) return text_equals(stored, *text);
  return std::holds_alternative<std::monostate>(stored);
}

Value to_value(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return *integer;
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (std::holds_alternative<std::monostate>(cell)) return {};
  return to_text(cell);
}

std::string to_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return format("{}", *integer);
  if (const auto* real = std::get_if<double>(&cell)) return format("{}", *real);
  if (const auto* blob = std::get_if<Blob>(&cell)) return std::string(blob->bytes);
  return {};
}

std::int64_t to_integer(const Cell& cell) { return to_number<std::int64_t>(cell); }
double to_real(const Cell& cell) { return to_number<double>(cell); }

std::optional<std::int64_t> to_maybe_integer(const Cell& cell) {
  return cell.index() == 0 ? std::nullopt : std::optional(to_integer(cell));
}

}  // namespace nbasync
