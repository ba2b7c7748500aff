#include <chrono>

#include "fuzz/fuzz.hpp"
#include "net/retry.hpp"

// Retry-After: what a host wishes is a wait within limits, or nothing.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nbasync;
  using std::chrono::seconds;
  const SystemTime now{std::chrono::hours{24 * 365 * 56}};
  const auto wait = parse_retry_after(fuzz::text_of(data, size), now);
  fuzz::require(!wait || (*wait >= seconds{1} && *wait <= seconds{3600}), "a wait has limits");
  return 0;
}
