#include "doctor/host_checks.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "net/make_fetcher.hpp"

namespace nbasync {
namespace {

constexpr const char* kClock = "clock";
constexpr Duration kMostOff = std::chrono::minutes{2};

std::string where(Host host, const FetcherOptions& options) {
  return host == Host::kStats ? options.stats_url : options.cdn_url;
}

// The smallest that a dataset asks of the host.
Request small_request(Host host) {
  const SeasonFacts none;
  const auto& dataset = host == Host::kStats ? kTeams : kTodaysGames;
  return dataset.requests(none).front();
}

std::string hint_for(Errc code) {
  switch (code) {
    case Errc::kUpstreamTimeout:
    case Errc::kUpstreamBlocked:
      return "addresses of clouds get no answer, and others none for an hour after many requests: "
             "wait, ask less often (upstream.min_interval), or go another way (upstream.proxy)";
    case Errc::kUpstreamUnreachable:
      return "look at the network, its name service, upstream.proxy and upstream.ca_file";
    case Errc::kUpstreamMalformed:
    case Errc::kUpstreamStatus:
      return "it is there, and refuses: its texts may want a newer upstream.user_agent or "
             "upstream.headers";
    default:
      return "see upstream in nbasyncd.yaml(5)";
  }
}

}  // namespace

HostAnswer check_host(Host host, FetcherOptions options, const Clock& clock, UpstreamHosts& hosts,
                      Duration patience, const std::stop_token& stop) {
  const auto url = where(host, options);
  const auto* word = host == Host::kStats ? "upstream-stats" : "upstream-cdn";
  options.retries = 1;
  options.timeout = std::min(options.timeout, patience);
  options.connect_timeout = std::min(options.connect_timeout, patience);
  try {
    const auto fetcher = make_fetcher(options, clock, hosts);
    const auto began = clock.steady();
    const auto response = fetcher->get(small_request(host), stop);
    const auto took = std::chrono::duration_cast<Duration>(clock.steady() - began);
    HostAnswer check{named(word, well(format("{} answers ({} ms)", url, took.count()))),
                     std::nullopt};
    if (response.sent_at) {
      check.ahead = std::chrono::duration_cast<Duration>(*response.sent_at - clock.wall());
    }
    return check;
  } catch (const Error& error) {
    if (error.code() == Errc::kCancelled) {
      return {named(word, unchecked(format("{} was not asked to the end", url))), std::nullopt};
    }
    return {named(word, finding(error.what(), hint_for(error.code()))), std::nullopt};
  }
}

CheckAnswer check_clock(const std::optional<Duration>& stats, const std::optional<Duration>& cdn) {
  std::optional<Duration> least;
  for (const auto& ahead : {stats, cdn}) {
    if (ahead && (!least || std::chrono::abs(*ahead) < std::chrono::abs(*least))) least = ahead;
  }
  if (!least) return named(kClock, unchecked("no host of upstream has told the time"));
  const auto off = std::chrono::abs(*least);
  if (off <= kMostOff) return named(kClock, well("the clock goes as upstream's does"));
  auto answer = finding(format("the clock is {} s {} upstream's",
                               std::chrono::duration_cast<std::chrono::seconds>(off).count(),
                               *least > Duration{0} ? "behind" : "before"),
                        "timedatectl set-ntp true");
  return named(kClock, std::move(answer));
}

}  // namespace nbasync
