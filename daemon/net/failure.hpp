#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace nbasync {

// Why a request brought nothing usable, in words that follow the name of the host or file.
struct Failure {
  Errc code = Errc::kInternal;
  std::string what = {};  // "did not answer within 30 s"
  std::string hint = {};  // "the address may be blocked", or empty
  bool retry = false;
  bool host_in_trouble = false;  // counts towards opening the host's circuit
  std::optional<std::chrono::seconds> retry_after = {};  // the host's own wish, already clamped
};

inline constexpr std::string_view kBlockedHint = "the address may be blocked";

// Judges a body: it must hold something, and that must begin like a JSON object.
std::optional<Failure> judge_body(std::string_view body);

// The failure of a body over the limit, in bytes.
Failure body_too_large(std::uint64_t limit);

// "teamgamelogs: stats.nba.com did not answer within 30 s (3 tries); the address may be blocked"
Error to_error(const Failure& failure, std::string_view endpoint, std::string_view source,
               int tries = 1);

// The error of a get that was cancelled.
Error cancelled(std::string_view endpoint);

// Drops the white space before the first byte that counts.
void trim_front(std::string& body);

}  // namespace nbasync
