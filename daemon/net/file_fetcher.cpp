#include "net/file_fetcher.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "net/failure.hpp"
#include "net/replay_file_name.hpp"

namespace nbasync {
namespace {

// Bytes behind an answer, where simdjson looks ahead (SIMDJSON_PADDING): without them it makes a
// copy.
constexpr std::size_t kLookAhead = 64;

// At most limit + 1 bytes: enough to see that there are too many.
std::string read_file(const std::filesystem::path& path, std::uint64_t limit,
                      std::string_view endpoint) {
  // Only regular files: opening a FIFO would block for ever.
  std::error_code trouble;
  if (!std::filesystem::is_regular_file(path, trouble)) {
    throw Error(Errc::kUpstreamUnreachable,
                format("{}: {}: {}; offline replay wants one file a request", endpoint,
                       path.string(), trouble ? trouble.message() : "not a regular file"));
  }
  std::ifstream file(path, std::ios::binary);
  std::string body;
  if (file) {
    const std::uint64_t size = std::filesystem::file_size(path, trouble);
    const auto length = trouble ? 0 : static_cast<std::size_t>(std::min(size, limit + 1));
    body.reserve(length + kLookAhead);
    body.resize(length);
    file.read(body.data(), static_cast<std::streamsize>(body.size()));
    body.resize(static_cast<std::size_t>(file.gcount()));
  }
  if (!file) {
    throw Error(Errc::kUpstreamUnreachable, format("{}: {}: cannot be read: {}", endpoint,
                                                   path.string(), std::strerror(errno)));
  }
  return body;
}

}  // namespace

FileFetcher::FileFetcher(std::filesystem::path stats, std::filesystem::path cdn,
                         std::uint64_t body_limit)
    : stats_(std::move(stats)), cdn_(std::move(cdn)), body_limit_(body_limit) {}

Response FileFetcher::get(const Request& request, std::stop_token stop) {
  if (stop.stop_requested()) throw cancelled(request.endpoint());
  const auto path = (request.host == Host::kStats ? stats_ : cdn_) / replay_file_name(request);
  ++requests_;
  std::string body = read_file(path, body_limit_, request.endpoint());
  const std::uint64_t size = body.size();
  bytes_ += size;
  auto failure = judge_body(body);
  if (size > body_limit_) failure = body_too_large(body_limit_);
  if (failure) throw to_error(*failure, request.endpoint(), path.string());
  trim_front(body);
  return {.body = std::move(body), .bytes_received = size, .tries = 1};
}

Traffic FileFetcher::traffic() const { return {requests_, bytes_}; }

}  // namespace nbasync
