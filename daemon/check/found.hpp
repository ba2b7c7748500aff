#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/format.hpp"
#include "model/check_answer.hpp"

namespace nbasync {

// Things that a check finds, of which the first few are named: "finals without their two lines:
// 0022500001 (1), 0022500007 (0) and 5 more".
class Found {
 public:
  explicit Found(std::string_view what) : what_(what) {}

  void add(std::string_view thing) {
    if (++count_ > kNamed) return;
    named_ += format("{}{}", count_ == 1 ? "" : ", ", thing);
  }

  std::int64_t count() const { return count_; }

  // `otherwise`: what is said when nothing was found.
  CheckAnswer answer(std::string otherwise, std::string hint) const {
    if (count_ == 0) return well(std::move(otherwise));
    const auto more = count_ > kNamed ? format(" and {} more", count_ - kNamed) : std::string();
    auto answer = finding(format("{}: {}{}", what_, named_, more), std::move(hint));
    answer.count = count_;
    return answer;
  }

 private:
  static constexpr std::int64_t kNamed = 5;

  std::string_view what_;
  std::string named_;
  std::int64_t count_ = 0;
};

}  // namespace nbasync
