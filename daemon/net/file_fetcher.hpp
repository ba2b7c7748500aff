#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>

#include "net/fetcher.hpp"

namespace nbasync {

// Offline replay: answers from the files of a directory, one file a request, named by
// replay_file_name(). A file counts as one request and its size as the bytes received.
class FileFetcher final : public Fetcher {
 public:
  // A directory a host; body_limit in bytes.
  FileFetcher(std::filesystem::path stats, std::filesystem::path cdn, std::uint64_t body_limit);

  Response get(const Request& request, std::stop_token stop) override;
  Traffic traffic() const override;

 private:
  std::filesystem::path stats_;
  std::filesystem::path cdn_;
  std::uint64_t body_limit_;
  std::atomic<std::uint64_t> requests_{0};
  std::atomic<std::uint64_t> bytes_{0};
};

}  // namespace nbasync
