#pragma once

#include <cstddef>
#include <deque>
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
  // `brief`: without recent runs. With so many of those.
  std::string of(const protocol::Status& brief, const std::deque<RunRecord>& recent,
                 std::size_t most);

 private:
  // One that was interrupted may be begun anew, and end as another.
  struct Told {
    std::string run_id;
    std::optional<SystemTime> completed_at;
    std::string text;
  };

  void keep(const std::deque<RunRecord>& recent);

  std::vector<Told> runs_;  // those told last
  std::size_t size_ = 0;    // of the text told last
};

}  // namespace nbasync
