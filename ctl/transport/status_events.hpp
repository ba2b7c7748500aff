#pragma once

#include <optional>
#include <vector>

#include "ctl/transport/answer.hpp"
#include "ctl/transport/event.hpp"
#include "protocol/status.hpp"

namespace nbasync::ctl {

// Events for who cannot be told them: what has happened between one status and the next. What came
// and went in between is seen only by its end.
class StatusEvents {
 public:
  // The first status tells what runs already.
  std::vector<Event> since_last(const Answer<protocol::Status>& now);

 private:
  std::optional<protocol::Status> last_;
};

}  // namespace nbasync::ctl
