#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "net/header_map.hpp"

namespace nbasync {

// How upstream is asked. The headers are a browser's: without them the hosts refuse or hang.
struct FetcherOptions {
  // http(s)://…, or file:///DIR: offline replay, one file a request. No slash at the end.
  std::string stats_url = "https://stats.nba.com/stats";
  std::string cdn_url = "https://cdn.nba.com/static/json";
  std::chrono::milliseconds min_interval{600};  // between two requests to one host
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds timeout{30000};  // of one try, as a whole
  std::chrono::seconds low_speed_time{10};   // this long under 1 KiB/s, once an answer has begun
  int retries = 3;                           // tries in all
  std::chrono::milliseconds backoff{500};    // before the second try; doubles from try to try
  std::string user_agent =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/145.0.0.0 Safari/537.36";
  HeaderMap headers = {
      {"Accept", "application/json, text/plain, */*"},
      {"Accept-Language", "en-US,en;q=0.5"},
      {"Origin", "https://www.nba.com"},
      {"Referer", "https://www.nba.com/"},
  };
  std::optional<std::string> proxy;  // a URL; none unless given, whatever the environment says
  std::optional<std::filesystem::path> ca_file;  // in place of the system's authorities
  std::uint64_t body_limit = 32ULL << 20;        // bytes, decompressed

  bool operator==(const FetcherOptions&) const = default;
};

}  // namespace nbasync
