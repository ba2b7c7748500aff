#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "model/data_change.hpp"

namespace nbasync {

class Connection;
class ReadPool;

// Tells what others have added to the feed of changes. Loop thread; `tell` is called in the order
// of the feed.
class FeedWatch {
 public:
  // Both must outlive what is asked of the readers.
  FeedWatch(ReadPool& readers, std::function<void(const DataChange&)> tell)
      : readers_(readers), tell_(std::move(tell)) {}

  // The feed ends with this row; looks are told in their order. What came since the last one that
  // was told is told; nothing if none was. Where the feed has gone back, its newest rows are lost,
  // as after a failover of the server, and others get their numbers: of those, each run that was
  // not told of yet is.
  void saw(std::int64_t last);

  // Up to this row of this run it was told by who has written it.
  void told(const std::string& run_id, std::int64_t last);

 private:
  struct Told {
    std::string run_id;
    std::int64_t last_seq = 0;
  };

  void read();
  void remember(const std::string& run_id, std::int64_t last);
  std::int64_t known_from() const;

  ReadPool& readers_;
  std::function<void(const DataChange&)> tell_;
  std::deque<Told> recent_;      // the last that were told
  std::int64_t first_ = 0;       // where the feed ended when it was seen first
  std::uint64_t gone_back_ = 0;  // how often it did
  bool reads_again_ = false;     // since then
  std::optional<std::int64_t> told_;
  std::int64_t seen_ = 0;
  bool reading_ = false;
};

// The rows of the feed after one, up to another: a DataChange for each run and table, in the order
// of their first rows. Throws Error.
std::vector<DataChange> changes_between(Connection& connection, std::int64_t after,
                                        std::int64_t last, const std::stop_token& stop);

}  // namespace nbasync
