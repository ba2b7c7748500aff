#include "store/stored_value.hpp"

#include <charconv>
#include <cstring>
#include <string_view>

namespace nbasync {
namespace {

std::string_view text(sqlite3_value* stored) {
  const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(stored));
  if (data == nullptr) return "";
  return {data, static_cast<std::size_t>(sqlite3_value_bytes(stored))};
}

template <typename Number>
bool reads_as(std::string_view digits, Number wanted) {
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() && number == wanted;
}

template <typename Number>
bool number_equals(sqlite3_value* stored, Number wanted) {
  switch (sqlite3_value_type(stored)) {
    case SQLITE_INTEGER: {
      const auto integer = sqlite3_value_int64(stored);
      return static_cast<Number>(integer) == wanted;
    }
    case SQLITE_FLOAT:
      return sqlite3_value_double(stored) == static_cast<double>(wanted);
    case SQLITE_TEXT:
      return reads_as(text(stored), static_cast<double>(wanted));
    default:
      return false;
  }
}

}  // namespace

bool equal(sqlite3_value* stored, const Value& value) {
  if (const auto* wanted = std::get_if<std::string>(&value)) {
    return sqlite3_value_type(stored) != SQLITE_NULL && text(stored) == *wanted;
  }
  if (const auto* wanted = std::get_if<std::int64_t>(&value)) return number_equals(stored, *wanted);
  if (const auto* wanted = std::get_if<double>(&value)) return number_equals(stored, *wanted);
  return sqlite3_value_type(stored) == SQLITE_NULL;
}

Value copy(sqlite3_value* stored) {
  switch (sqlite3_value_type(stored)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_value_int64(stored)};
    case SQLITE_FLOAT:
      return sqlite3_value_double(stored);
    case SQLITE_NULL:
      return {};
    default:
      return std::string(text(stored));
  }
}

KeyPart stored_key_part(sqlite3_value* stored, Type type) {
  if (type == Type::kInteger) return {sqlite3_value_int64(stored), {}};
  return {0, text(stored)};
}

}  // namespace nbasync
