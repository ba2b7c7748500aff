#pragma once

#include <string>
#include <string_view>

namespace nbasync {

// Appends a field of a line of CSV as RFC 4180 has it: in quotes where it has a comma, a quote or a
// line end, and where it is empty, so that it is not taken for NULL, which has no quotes.
inline void append_csv_field(std::string& line, std::string_view text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

inline constexpr std::string_view kCsvLineEnd = "\r\n";

}  // namespace nbasync
