#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "net/failure.hpp"
#include "net/fetcher_options.hpp"

namespace nbasync {

// What one HTTP request brought, before anybody judged it.
struct HttpAnswer {
  enum class End {
    kComplete,
    kCancelled,
    kNoConnection,  // DNS, refused, TLS; also when connecting took too long
    kConnectTimeout,
    kTimeout,   // of the try as a whole
    kTooSlow,   // the low-speed limit
    kBrokeOff,  // reset, truncated, closed without a word
    kBodyTooLarge,
    kHeadersTooLarge,
    kTooManyRedirects,
    kForeignRedirect,  // to something that is not http(s)
    kGarbled,          // no HTTP, or a body that does not decompress
  };

  End end = End::kComplete;
  std::string reason;  // the library's words where end is not kComplete
  long status = 0;     // 0: none arrived
  std::string content_type;
  std::string retry_after;
  std::string last_modified;
  std::string date;
  std::string age;
  std::string body;                  // decompressed
  std::uint64_t bytes_received = 0;  // headers and the body as it came
};

// Limits of every transfer that are no setting.
inline constexpr long kMaxRedirects = 3;
inline constexpr std::uint64_t kHeaderLimit = 64 << 10;  // bytes, interim answers and redirects too

// When upstream made this copy of its answer, by upstream's clock: Last-Modified, else Date less
// Age (RFC 9110, 9111). nullopt: the answer does not tell.
std::optional<SystemTime> made_at(const HttpAnswer& answer);

// nullopt: a success, whose body begins like a JSON object. now is the wall time, for Retry-After.
std::optional<Failure> judge(const HttpAnswer& answer, const FetcherOptions& options,
                             SystemTime now);

}  // namespace nbasync
