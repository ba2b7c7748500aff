#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "dataset/dataset.hpp"

namespace nbasync {

// Bytes that are no text; our tables have none, a user's may.
struct Blob {
  std::string_view bytes;
};

// A cell as an engine hands it out; text and bytes are valid until the next row.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string_view, Blob>;

// The predecessor's columns may have other types than ours: 48 equals 48.0, and '48' where a column
// turns numbers into text.
bool equal_across_kinds(const Cell& stored, const Value& value);

// The same. Nearly always both are of one kind.
inline bool equal(const Cell& stored, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&stored)) {
    if (const auto* wanted = std::get_if<std::int64_t>(&value)) return *integer == *wanted;
  } else if (const auto* text = std::get_if<std::string_view>(&stored)) {
    if (const auto* wanted = std::get_if<std::string>(&value)) return *text == *wanted;
  } else if (const auto* real = std::get_if<double>(&stored)) {
    if (const auto* wanted = std::get_if<double>(&value)) return *real == *wanted;
  }
  return equal_across_kinds(stored, value);
}

// A copy.
Value to_value(const Cell& cell);

// As text; empty for NULL.
std::string to_text(const Cell& cell);

// As a number; 0 for what is none.
std::int64_t to_integer(const Cell& cell);
double to_real(const Cell& cell);

// The same; nullopt for NULL.
std::optional<std::int64_t> to_maybe_integer(const Cell& cell);

}  // namespace nbasync
