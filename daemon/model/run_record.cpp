#include "model/run_record.hpp"

#include <array>
#include <utility>

namespace nbasync {
namespace {

constexpr std::array<std::pair<RunStatus, std::string_view>, 7> kWords{{
    {RunStatus::kQueued, "queued"},
    {RunStatus::kStarted, "started"},
    {RunStatus::kSuccess, "success"},
    {RunStatus::kFailed, "failed"},
    {RunStatus::kCancelled, "cancelled"},
    {RunStatus::kTimeout, "timeout"},
    {RunStatus::kInterrupted, "interrupted"},
}};

}  // namespace

std::string_view to_string(RunStatus status) {
  for (const auto& [value, word] : kWords) {
    if (value == status) return word;
  }
  return "failed";
}

std::optional<RunStatus> parse_run_status(std::string_view word) {
  for (const auto& [value, known] : kWords) {
    if (known == word) return value;
  }
  return std::nullopt;
}

}  // namespace nbasync
