#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
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

  // The feed ends with this row. What came since the last one that was told is told; nothing
  // if none was.
  void saw(std::int64_t last);

  // Up to this row it was told by who has written it.
  void told(std::int64_t last);

 private:
  void read();

  ReadPool& readers_;
  std::function<void(const DataChange&)> tell_;
  std::optional<std::int64_t> told_;
  std::int64_t seen_ = 0;
  bool reading_ = false;
};

// The rows of the feed after one, up to another: a DataChange for each run and table, in the order
// of their first rows. Throws Error.
std::vector<DataChange> changes_between(Connection& connection, std::int64_t after,
                                        std::int64_t last, const std::stop_token& stop);

}  // namespace nbasync
