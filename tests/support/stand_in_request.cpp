#include "support/stand_in_request.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace nbasync::testing {
namespace {

// Splits off what stands before the separator; the rest is empty when there is none.
std::string_view take_until(std::string_view& text, std::string_view separator) {
  const auto at = text.find(separator);
  const auto part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + separator.size());
  return part;
}

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ec == std::errc()) {
      plain += static_cast<char>(byte);
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

std::string lower(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

}  // namespace

StandInRequest parse_request(std::string_view head) {
  StandInRequest parsed;
  std::string_view line = take_until(head, "\r\n");
  parsed.method = take_until(line, " ");
  std::string_view target = take_until(line, " ");
  if (target.starts_with("http://")) {
    take_until(target, "//");
    target.remove_prefix(std::min(target.find('/'), target.size()));
  }
  parsed.target = target;

  std::string_view path = take_until(target, "?");
  parsed.served = path.starts_with("/stats/") || path.starts_with("/cdn/");
  parsed.request.host = path.starts_with("/cdn/") ? Host::kCdn : Host::kStats;
  path.remove_prefix(std::min<std::size_t>(1, path.size()));
  take_until(path, "/");
  parsed.request.path = path;
  while (!target.empty()) {
    std::string_view value = take_until(target, "&");
    const std::string_view name = take_until(value, "=");
    parsed.request.query.emplace_back(decoded(name), decoded(value));
  }
  while (!head.empty()) {
    std::string_view value = take_until(head, "\r\n");
    const std::string_view name = take_until(value, ":");
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    parsed.headers[lower(name)] = value;
  }
  return parsed;
}

}  // namespace nbasync::testing
