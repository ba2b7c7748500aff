#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "model/run_record.hpp"
#include "protocol/status.hpp"

namespace nbasync {

// The status as JSON text. Most of it are runs that have ended and will not change: the text of
// each is made once, and kept while it is among the recent ones. Loop thread.
class StatusText {
 public:
  // With so many of the recent runs.
  std::string of(protocol::Status status, std::size_t most);

 private:
  std::string take(const RunRecord& run);

  std::vector<std::pair<std::string, std::string>> runs_;  // by run id; those told last
};

}  // namespace nbasync
