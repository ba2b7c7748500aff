#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/run_record.hpp"
#include "protocol/status.hpp"

namespace nbasync {

// The status as JSON text. Most of it are runs that have ended: the text of each is made once, and
// kept while it is among the recent ones. Loop thread.
class StatusText {
 public:
  // With so many of the recent runs.
  std::string of(protocol::Status status, std::size_t most);

 private:
  // One that was interrupted may be begun anew, and end as another.
  struct Told {
    std::string run_id;
    std::optional<SystemTime> completed_at;
    std::string text;
  };

  std::string take(const RunRecord& run);

  std::vector<Told> runs_;  // those told last
};

}  // namespace nbasync
