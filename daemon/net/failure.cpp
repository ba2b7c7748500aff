#include "net/failure.hpp"

#include <cstdint>

#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view without_leading_space(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(kSpace), text.size()));
}

Failure malformed(std::string what, std::string_view hint = {}) {
  return {.code = Errc::kUpstreamMalformed, .what = std::move(what), .hint = std::string(hint)};
}

}  // namespace

std::optional<Failure> judge_body(std::string_view body) {
  const std::string_view text = without_leading_space(body);
  if (text.empty()) return Failure{.code = Errc::kUpstreamEmpty, .what = "gave an empty body"};
  if (text.front() == '<') return malformed("gave HTML, not JSON", kBlockedHint);
  if (text.front() != '{') {
    return malformed(format("gave \"{}\", not a JSON object", excerpt(text)));
  }
  return std::nullopt;
}

Failure body_too_large(std::uint64_t limit) {
  return malformed(format("gave a body of more than {} bytes", limit));
}

Error to_error(const Failure& failure, std::string_view endpoint, std::string_view source,
               int tries) {
  std::string message = format("{}: {} {}", endpoint, source, failure.what);
  if (tries > 1) message += format(" ({} tries)", tries);
  if (!failure.hint.empty()) message += "; " + failure.hint;
  return {failure.code, message};
}

Error cancelled(std::string_view endpoint) {
  return {Errc::kCancelled, format("{}: cancelled", endpoint)};
}

void trim_front(std::string& body) { body.erase(0, body.find_first_not_of(kSpace)); }

}  // namespace nbasync
