#include "net/curl_fetcher.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "net/failure.hpp"
#include "net/retry.hpp"
#include "net/url.hpp"

namespace nbasync {
namespace {

std::vector<std::string> network_hosts(const FetcherOptions& options) {
  std::vector<std::string> hosts;
  for (const auto& url : {options.stats_url, options.cdn_url}) {
    if (url.starts_with("http")) hosts.push_back(host_of(url));
  }
  return hosts;
}

// True when the time has passed, false when stopped before.
bool sleep_for(Duration time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never_notified;
  std::unique_lock lock(mutex);
  never_notified.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

// What a get is about.
struct CurlFetcher::Target {
  std::string_view endpoint;
  std::string url;
  std::string host;
};

CurlFetcher::CurlFetcher(FetcherOptions options, const Clock& clock, UpstreamHosts& hosts)
    : options_(std::move(options)), clock_(clock), hosts_(hosts) {
  hosts_.use(network_hosts(options_));
}

Response CurlFetcher::get(const Request& request, std::stop_token stop) {
  const auto& base = request.host == Host::kStats ? options_.stats_url : options_.cdn_url;
  const Target target{request.endpoint(), build_url(base, request), host_of(base)};
  const bool probing =
      hosts_.circuit(target.host, clock_.steady()) != CircuitBreaker::State::kClosed;
  const int allowed = probing ? 1 : std::max(options_.retries, 1);
  const std::uint64_t bytes_before = bytes_;

  Duration wait{0};
  for (int tried = 1;; ++tried) {
    wait_for_turn(target, wait, stop);
    HttpAnswer answer = ask(target, stop);
    const auto failure = judge(answer, options_, clock_.wall());
    if (!failure) {
      hosts_.succeeded(target.host);
      trim_front(answer.body);
      const auto made = made_at(answer);
      return {.body = std::move(answer.body),
              .bytes_received = bytes_ - bytes_before,
              .tries = static_cast<std::uint32_t>(tried),
              .made_at = made,
              .sent_at = parse_http_date(answer.date)};
    }
    wait = settle(target, *failure, tried, allowed);
  }
}

void CurlFetcher::wait_for_turn(const Target& target, Duration at_least,
                                const std::stop_token& stop) const {
  const SteadyTime now = clock_.steady();
  const auto turn = std::chrono::ceil<Duration>(hosts_.next_try(target.host, now) - now);
  if (turn > kLongestWait) {
    const bool open = hosts_.circuit(target.host, now) == CircuitBreaker::State::kOpen;
    throw Error(Errc::kUpstreamBlocked,
                format("{}: {} is left alone {}; try again after {}", target.endpoint, target.host,
                       open ? "after repeated failures" : "because it asked us to wait",
                       format_utc(clock_.wall() + turn)));
  }
  if (!sleep_for(std::max(turn, at_least), stop)) throw cancelled(target.endpoint);
}

HttpAnswer CurlFetcher::ask(const Target& target, const std::stop_token& stop) {
  if (!client_) client_.emplace(options_);
  hosts_.started(target.host, clock_.steady(), options_.min_interval);
  ++requests_;
  HttpAnswer answer = client_->get(target.url, stop);
  bytes_ += answer.bytes_received;
  hosts_.received(target.host, answer.bytes_received);
  return answer;
}

Duration CurlFetcher::settle(const Target& target, const Failure& failure, int tried, int allowed) {
  if (failure.code == Errc::kCancelled) throw cancelled(target.endpoint);
  const SteadyTime now = clock_.steady();
  if (failure.retry_after) hosts_.asked_to_wait(target.host, now + *failure.retry_after);
  const bool too_long = failure.retry_after && *failure.retry_after > kLongestWait;
  if (failure.retry && tried < allowed && !too_long) {
    const double random = std::uniform_real_distribution<double>(0, 1)(random_);
    return backoff(options_.backoff, tried, random);
  }
  if (failure.host_in_trouble) {
    hosts_.failed(target.host, now);
  } else {
    hosts_.succeeded(target.host);  // it is there, whatever it says
  }
  if (!too_long) throw to_error(failure, target.endpoint, target.host, tried);
  Failure blocked = failure;
  blocked.code = Errc::kUpstreamBlocked;
  blocked.hint =
      format("it asks to be left alone for {} s: try again after {}", failure.retry_after->count(),
             format_utc(clock_.wall() + *failure.retry_after));
  throw to_error(blocked, target.endpoint, target.host, tried);
}

Traffic CurlFetcher::traffic() const { return {requests_, bytes_}; }

}  // namespace nbasync
