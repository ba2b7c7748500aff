#include "postgres/postgres_text.hpp"

#include <charconv>
#include <cmath>

#include "base/format.hpp"
#include "base/utf8.hpp"

namespace nbasync::postgres_text {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  return format("{}", value);
}

}  // namespace

std::string clean(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto length = text.front() == '\0' ? 0 : utf8_length(text);
    result += length == 0 ? kReplacement : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

std::string parameter(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return clean(*text);
  if (const auto* real = std::get_if<double>(&value)) return number(*real);
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer == nullptr ? "" : format("{}", *integer);
}

std::string literal(std::string_view text) {
  std::string result = "E'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += c;
    result += c;
  }
  return result += '\'';
}

std::string with_values(std::string_view sql, std::span<const Value> values) {
  std::string result;
  for (auto dollar = sql.find('$'); dollar != sql.npos; dollar = sql.find('$')) {
    result += sql.substr(0, dollar);
    std::size_t number = 0;
    const auto [end, error] =
        std::from_chars(sql.data() + dollar + 1, sql.data() + sql.size(), number);
    const Value& value = values[number - 1];
    if (value.index() == 0) {
      result += "NULL";
    } else {
      result += literal(parameter(value));
      if (std::holds_alternative<std::int64_t>(value)) result += "::bigint";
      if (std::holds_alternative<double>(value)) result += "::double precision";
    }
    sql.remove_prefix(static_cast<std::size_t>(end - sql.data()));
  }
  return result += sql;
}

void append_copied(std::string& lines, std::span<const Value> row) {
  const char* between = "";
  for (const Value& value : row) {
    lines += between;
    between = "\t";
    if (value.index() == 0) {
      lines += "\\N";
      continue;
    }
    for (const char c : parameter(value)) {
      switch (c) {
        case '\\':
          lines += "\\\\";
          break;
        case '\n':
          lines += "\\n";
          break;
        case '\r':
          lines += "\\r";
          break;
        case '\t':
          lines += "\\t";
          break;
        default:
          lines += c;
      }
    }
  }
  lines += '\n';
}

void Array::add(const Value& value) {
  if (text_.size() > 1) text_ += ',';
  if (value.index() == 0) {
    text_ += "NULL";
  } else if (std::holds_alternative<std::string>(value)) {
    text_ += '"';
    for (const char c : parameter(value)) {
      if (c == '"' || c == '\\') text_ += '\\';
      text_ += c;
    }
    text_ += '"';
  } else {
    text_ += parameter(value);
  }
}

}  // namespace nbasync::postgres_text
