#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dataset/dataset.hpp"

namespace nbasync {

inline bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

// The value as a number; nullopt for NULL and text.
inline std::optional<double> number(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

// The value as a whole number; nullopt for all else.
inline std::optional<std::int64_t> integer_of(const Value& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer == nullptr ? std::nullopt : std::optional(*integer);
}

inline Value integer_or_null(std::optional<std::int64_t> number) {
  return number ? Value(*number) : Value();
}

// Text that counts as NULL when it is empty.
inline Value text_or_null(std::string text) {
  if (text.empty()) return {};
  return text;
}

// Texts without the blanks that upstream pads them with; NULL for what is nothing else.
void trim_texts(std::span<Value> row);

// No text of the league's is nearly as long, in bytes; what is longer is not kept.
inline constexpr std::size_t kLongestText = 1'000;

// Why a text that is too long is none of ours.
std::string too_long(std::string_view text);

// For messages: text as it is, "NULL" for NULL.
std::string to_string(const Value& value);

}  // namespace nbasync
