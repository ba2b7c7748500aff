#include "http/budget.hpp"

#include <utility>

namespace nbasync {

bool Budget::has_room(const std::string& peer, std::size_t amount) const {
  const auto known = used_by_.find(peer);
  const auto own = known == used_by_.end() ? 0 : known->second;
  return amount <= limits_.all - used_ && amount <= limits_.each - own;
}

bool Budget::Share::take(std::size_t amount) {
  if (!budget_.has_room(peer_, amount)) return false;
  budget_.used_ += amount;
  budget_.used_by_[peer_] += amount;
  amount_ += amount;
  return true;
}

void Budget::Share::give_back() {
  const auto amount = std::exchange(amount_, 0);
  const auto own = budget_.used_by_.find(peer_);
  if (amount == 0 || own == budget_.used_by_.end()) return;
  budget_.used_ -= amount;
  own->second -= amount;
  if (own->second == 0) budget_.used_by_.erase(own);
}

}  // namespace nbasync
