#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "protocol/status.hpp"

namespace nbasync {

// What is wrong with the parts that the daemon can do without, for the status. Loop thread.
class Problems {
 public:
  // `clock` must outlive this. `changed` is called when there is another problem, or one fewer.
  Problems(const Clock& clock, std::function<void()> changed)
      : clock_(clock), changed_(std::move(changed)) {}

  // nullopt: the part is well.
  void told(const std::string& part, const std::optional<Error>& why) {
    const auto known = std::ranges::find(list_, part, &protocol::PartProblem::part);
    if (known != list_.end() && why) {
      if (std::exchange(known->message, why->what()) == why->what()) return;
    } else if (known != list_.end()) {
      list_.erase(known);
    } else if (why) {
      list_.push_back({part, why->what(), clock_.wall()});
    } else {
      return;
    }
    changed_();
  }

  // The oldest first.
  const std::vector<protocol::PartProblem>& list() const { return list_; }

 private:
  const Clock& clock_;
  std::function<void()> changed_;
  std::vector<protocol::PartProblem> list_;
};

}  // namespace nbasync
