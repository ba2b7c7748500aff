#include "copy/converted.hpp"

#include <charconv>
#include <cmath>

#include "base/format.hpp"
#include "base/text.hpp"
#include "postgres/postgres_text.hpp"

namespace nbasync {
namespace {

constexpr double kEndOfIntegers = 9223372036854775808.0;  // 2^63

template <typename Number>
std::optional<Number> read(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Value> whole(double number) {
  if (std::trunc(number) != number) return std::nullopt;
  if (number < -kEndOfIntegers || number >= kEndOfIntegers) return std::nullopt;
  return Value(static_cast<std::int64_t>(number));
}

// There is one zero: SQLite does not keep the other.
Value real(double number) { return number + 0.0; }

std::optional<Value> real(std::int64_t number) {
  const auto as_real = static_cast<double>(number);
  const auto back = whole(as_real);
  if (!back || *back != Value(number)) return std::nullopt;
  return real(as_real);
}

std::optional<Value> to_whole(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return Value(*integer);
  if (const auto* number = std::get_if<double>(&cell)) return whole(*number);
  const auto* text = std::get_if<std::string_view>(&cell);
  if (text == nullptr) return std::nullopt;
  if (const auto integer = read<std::int64_t>(*text)) return Value(*integer);
  const auto number = read<double>(*text);
  return number ? whole(*number) : std::nullopt;
}

std::optional<Value> to_number(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return real(*integer);
  if (const auto* number = std::get_if<double>(&cell)) {
    if (std::isnan(*number)) return std::nullopt;
    return real(*number);
  }
  const auto* text = std::get_if<std::string_view>(&cell);
  const auto number = text == nullptr ? std::nullopt : read<double>(*text);
  if (!number || !std::isfinite(*number)) return std::nullopt;
  return real(*number);
}

}  // namespace

std::optional<Value> converted(const Cell& cell, Type type) {
  if (std::holds_alternative<std::monostate>(cell)) return Value();
  switch (type) {
    case Type::kInteger:
      return to_whole(cell);
    case Type::kCount:
    case Type::kReal:
      return to_number(cell);
    case Type::kText:
      if (std::holds_alternative<Blob>(cell)) return std::nullopt;
      return Value(postgres_text::clean(to_text(cell)));
  }
  return std::nullopt;
}

bool is_other_text(const Cell& cell, const Value& converted) {
  const auto* before = std::get_if<std::string_view>(&cell);
  const auto* after = std::get_if<std::string>(&converted);
  return before != nullptr && after != nullptr && *before != *after;
}

std::string_view name_of(Type type) {
  switch (type) {
    case Type::kInteger:
      return "a whole number";
    case Type::kCount:
    case Type::kReal:
      return "a number";
    case Type::kText:
      return "text";
  }
  return "";
}

std::string shown(const Cell& cell) {
  if (const auto* blob = std::get_if<Blob>(&cell)) return format("{} bytes", blob->bytes.size());
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    return format("'{}'", excerpt(*text));
  }
  return std::holds_alternative<std::monostate>(cell) ? "NULL" : to_text(cell);
}

}  // namespace nbasync
