#include "http/request.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw Error(Errc::kInvalidArgument,
              format("request target {}: {}", in_quotes(text, kLongestExcerpt), why));
}

// Whether it begins with this, in any case.
bool starts_with_word(std::string_view text, std::string_view small) {
  return lower(text.substr(0, small.size())) == small;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode(std::string_view text, bool in_query) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    const bool escaped = c == '%';
    if (escaped) {
      const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) refuse(text, "a '%' needs two hexadecimal digits behind it");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (in_query && c == '+') {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) refuse(text, "has a control character");
    if (escaped && !in_query && (c == '/' || c == '\\')) refuse(text, "has an escaped slash");
    decoded += c;
  }
  return decoded;
}

// "host:8080" of "http://host:8080/path"; empty if it is not of this form.
std::string_view authority_of(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_word(text, scheme)) continue;
    text.remove_prefix(scheme.size());
    return text.substr(0, text.find_first_of("/?#"));
  }
  return {};
}

}  // namespace

Target parse_target(std::string_view text) {
  Target target;
  target.authority = authority_of(text);
  const auto origin =
      target.authority.empty() ? text : text.substr(text.find("//") + 2 + target.authority.size());
  const auto mark = origin.find('?');
  const auto path = origin.substr(0, mark);
  if (!path.starts_with('/') && (target.authority.empty() || !path.empty())) {
    refuse(text, "must be a path that begins with '/'");
  }
  target.path = path.empty() ? "/" : decode(path, false);
  auto rest = mark == origin.npos ? std::string_view() : origin.substr(mark + 1);
  while (!rest.empty()) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto value = equals == pair.npos ? std::string_view() : pair.substr(equals + 1);
    target.query.emplace_back(decode(pair.substr(0, equals), true), decode(value, true));
  }
  return target;
}

}  // namespace nbasync
