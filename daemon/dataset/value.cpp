#include "dataset/value.hpp"

#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {

std::string too_long(std::string_view text) {
  return format("\"{}\" has {} bytes, and a text at most {}", excerpt(text), text.size(),
                kLongestText);
}

std::string to_string(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return format("{}", *integer);
  if (const auto* real = std::get_if<double>(&value)) return format("{}", *real);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return "NULL";
}

void trim_texts(std::span<Value> row) {
  for (Value& cell : row) {
    if (auto* text = std::get_if<std::string>(&cell))
      cell = text_or_null(std::string(trimmed(*text)));
  }
}

}  // namespace nbasync
