#include "net/http_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/format.hpp"
#include "base/text.hpp"
#include "net/retry.hpp"

namespace nbasync {
namespace {

std::string in_seconds(std::chrono::milliseconds time) {
  return format("{:g} s", std::chrono::duration<double>(time).count());
}

Failure in_trouble(Errc code, std::string what, std::string_view hint = {}) {
  return {.code = code,
          .what = std::move(what),
          .hint = std::string(hint),
          .retry = true,
          .host_in_trouble = true};
}

Failure refused(Errc code, std::string what, std::string_view hint = {}) {
  return {.code = code, .what = std::move(what), .hint = std::string(hint)};
}

// "Application/JSON; charset=utf-8" -> "application/json"
std::string media_type(std::string_view content_type) {
  return lower(trimmed(content_type.substr(0, content_type.find(';'))));
}

Failure judge_status(const HttpAnswer& answer, std::string_view type, SystemTime now) {
  const bool html = type == "text/html";
  if (answer.status == 403) {
    Failure failure = refused(Errc::kUpstreamBlocked, "answered with status 403", kBlockedHint);
    failure.host_in_trouble = true;
    return failure;
  }
  std::string what = format("answered with status {}", answer.status);
  if (!answer.body.empty() && !html) what += format(": \"{}\"", excerpt(answer.body));
  if (answer.status != 429 && answer.status < 500) return refused(Errc::kUpstreamStatus, what);
  Failure failure = in_trouble(Errc::kUpstreamStatus, std::move(what));
  failure.retry_after = parse_retry_after(answer.retry_after, now);
  return failure;
}

std::optional<Failure> judge_complete(const HttpAnswer& answer, SystemTime now) {
  const std::string type = media_type(answer.content_type);
  if (answer.status < 200 || answer.status > 299) return judge_status(answer, type, now);
  constexpr std::array<std::string_view, 4> kJson = {"", "application/json", "text/json",
                                                     "application/octet-stream"};
  auto failure = judge_body(answer.body);
  const bool typed_json = std::find(kJson.begin(), kJson.end(), type) != kJson.end();
  // An empty body needs no word on its type, and HTML is HTML under any name.
  if (failure || typed_json) return failure;
  if (type == "text/html") {
    return refused(Errc::kUpstreamMalformed, "gave HTML, not JSON", kBlockedHint);
  }
  return refused(Errc::kUpstreamMalformed, format("gave \"{}\", not JSON", excerpt(type)));
}

}  // namespace

std::optional<SystemTime> made_at(const HttpAnswer& answer) {
  if (const auto modified = parse_http_date(answer.last_modified)) return modified;
  auto sent = parse_http_date(answer.date);
  std::uint32_t age = 0;
  const char* const end = answer.age.data() + answer.age.size();
  const auto [rest, error] = std::from_chars(answer.age.data(), end, age);
  if (sent && !answer.age.empty() && error == std::errc() && rest == end) {
    *sent -= std::chrono::seconds{age};
  }
  return sent;
}

std::optional<Failure> judge(const HttpAnswer& answer, const FetcherOptions& options,
                             SystemTime now) {
  using enum HttpAnswer::End;
  switch (answer.end) {
    case kComplete:
      return judge_complete(answer, now);
    case kCancelled:
      return refused(Errc::kCancelled, "was not waited for");
    case kNoConnection:
      return in_trouble(Errc::kUpstreamUnreachable, "could not be reached: " + answer.reason);
    case kConnectTimeout:
      return in_trouble(Errc::kUpstreamTimeout,
                        format("took no connection within {}", in_seconds(options.connect_timeout)),
                        kBlockedHint);
    case kTimeout:
      return in_trouble(
          Errc::kUpstreamTimeout,
          format("did not {} within {}", answer.status == 0 ? "answer" : "finish its answer",
                 in_seconds(options.timeout)),
          kBlockedHint);
    case kTooSlow:
      return in_trouble(Errc::kUpstreamTimeout, "answered too slowly: " + answer.reason,
                        kBlockedHint);
    case kBrokeOff:
      return in_trouble(Errc::kUpstreamUnreachable, "broke off its answer: " + answer.reason);
    case kBodyTooLarge:
      return body_too_large(options.body_limit);
    case kHeadersTooLarge:
      return refused(Errc::kUpstreamMalformed,
                     format("gave more than {} bytes of headers", kHeaderLimit));
    case kTooManyRedirects:
      return refused(Errc::kUpstreamStatus, format("redirected more than {} times", kMaxRedirects));
    case kForeignRedirect:
      return refused(Errc::kUpstreamStatus, "redirected to something that is not http or https");
    case kGarbled:
      return refused(Errc::kUpstreamMalformed, "gave no readable answer: " + answer.reason);
  }
  return refused(Errc::kInternal, "ended in an unknown way");
}

}  // namespace nbasync
