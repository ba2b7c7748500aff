#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "net/http_client.hpp"
#include "net/retry.hpp"
#include "net/url.hpp"
#include "outlet/hook_attempt.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

constexpr std::uint64_t kAnswerLimit = 64 << 10;  // bytes; nobody reads them

FetcherOptions options_of(const HookOptions& hook) {
  FetcherOptions options;
  options.connect_timeout = hook.timeout;
  options.timeout = hook.timeout;
  options.user_agent = format("nbasyncd/{}", protocol::kVersion);
  options.body_limit = kAnswerLimit;
  // Without a header Expect: a receiver that does not know it would cost a second.
  options.headers = {{"Content-Type", "application/json"}, {"Accept", "*/*"}, {"Expect", ""}};
  const auto credential = format("hook-{}", hook.name);
  if (const auto token = read_secret(credential.c_str(), hook.token_file, "token_file", "token")) {
    const auto from = format("token file {}", token->file.string());
    options.headers["Authorization"] = format("Bearer {}", one_line_token(token->text, from));
  }
  return options;
}

// A status tells all, however the rest of the answer ended: it is slow, cut, too large, bad.
HookAnswer judge(const HttpAnswer& answer, const std::string& host) {
  using End = HookAnswer::End;
  const auto status = answer.status;
  if (answer.end == HttpAnswer::End::kCancelled || status < 200) {  // 1xx: more was to come
    return {End::kFailed, format("{}: {}", host, answer.reason)};
  }
  if (status / 100 == 2) return {};
  if (status / 100 == 3) {
    return {End::kRefused, format("{} answers with a redirect ({}), which is not followed; write "
                                  "the URL where it leads",
                                  host, status)};
  }
  const bool refused = status / 100 == 4 && status != 408 && status != 429;
  return {refused ? End::kRefused : End::kFailed, format("{} answers with status {}", host, status),
          parse_retry_after(answer.retry_after, RealClock().wall())};
}

}  // namespace

HookAnswer post_to_url(const HookOptions& hook, const std::string& text,
                       const std::stop_token& stop) {
  const auto options = options_of(hook);
  return judge(HttpClient(options).post(*hook.url, text, stop), host_of(*hook.url));
}

HookAnswer tell_hook(const HookOptions& hook, const std::string& text,
                     const std::stop_token& stop) {
  return hook.url ? post_to_url(hook, text, stop) : start_unit(hook, text, stop);
}

}  // namespace nbasync
