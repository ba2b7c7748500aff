#include "sync/newest_copies.hpp"

#include "base/format.hpp"

namespace nbasync {
namespace {

constexpr std::chrono::minutes kClocksDiffer{1};
constexpr std::chrono::hours kForgotten{24};  // then upstream means what it says
constexpr std::size_t kMost = 1'000;          // requests; a full sync makes 43, of a season

}  // namespace

std::optional<std::string> NewestCopies::refusal(const Request& request, SystemTime made_at,
                                                 SystemTime now) const {
  const auto known = newest_.find(request.key());
  if (known == newest_.end()) return std::nullopt;
  const auto& [newest, at] = known->second;
  const bool is_fresh = at <= now && now - at < kForgotten;
  if (!is_fresh || made_at >= newest - kClocksDiffer) return std::nullopt;
  return format(
      "{}: upstream answered with a copy of {}, older than that of {} which was taken; what "
      "is stored stays",
      request.endpoint(), format_utc(made_at), format_utc(newest));
}

void NewestCopies::taken(const Request& request, SystemTime made_at, SystemTime now) {
  if (newest_.size() >= kMost) newest_.clear();
  newest_[request.key()] = {made_at, now};
}

}  // namespace nbasync
