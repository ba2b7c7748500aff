#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nbasync {

// How much of a text from outside a message shows, and how long a message is, in bytes. So much is
// kept in memory, in the database and in the log, whatever somebody sends.
inline constexpr std::size_t kLongestExcerpt = 200;
inline constexpr std::size_t kLongestMessage = 2'000;

// The text on one line: control characters, which could tell a terminal what to do, and bytes that
// are no UTF-8 are shown as \x1b. What is longer than `most` bytes ends with "…".
std::string printable(std::string_view text, std::size_t most = std::string_view::npos);

// A text from outside as a message shows it: where it is read.
inline std::string excerpt(std::string_view text) { return printable(text, kLongestExcerpt); }

// A value of a log line: printable, of about `most` bytes at most, and quoted when it is not one
// plain word.
std::string in_quotes(std::string_view value, std::size_t most = kLongestMessage);

// Without the blanks at both ends.
std::string_view trimmed(std::string_view text, std::string_view blanks = " \t");
inline constexpr std::string_view kBlanksOfLines = " \t\r\n";

// Letters of ASCII made small, whatever the locale.
std::string lower(std::string_view text);

// "queue, fail, join".
template <typename Words>
std::string joined(const Words& words, std::string_view separator = ", ") {
  std::string list;
  for (const auto& word : words) {
    if (!list.empty()) list += separator;
    list += word;
  }
  return list;
}

}  // namespace nbasync
