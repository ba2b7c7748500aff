#pragma once

#include <string>
#include <vector>

#include "protocol/schedules.hpp"
#include "protocol/status.hpp"

namespace nbasync {

// What the holder tells the other daemons: how things are with it. Loop thread.
class HolderWord {
 public:
  // Takes what another has written. What is not understood, of another version, is logged, and
  // changes nothing.
  void read(const std::string& text);
  void forget() { text_.clear(); }

  const protocol::Status& status() const { return status_; }
  const std::vector<protocol::Explanation>& explanations() const { return explanations_; }

  // The same for the others; they know the runs themselves.
  static std::string write(protocol::Status status,
                           const std::vector<protocol::Explanation>& explanations);

 private:
  std::string text_;  // that was read last
  protocol::Status status_;
  std::vector<protocol::Explanation> explanations_;
};

}  // namespace nbasync
