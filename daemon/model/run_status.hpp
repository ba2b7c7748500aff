#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "model/words.hpp"

namespace nbasync {

// How a run stands. Only kQueued is never in the log: a run that waits has no row yet.
enum class RunStatus { kQueued, kStarted, kSuccess, kFailed, kCancelled, kTimeout, kInterrupted };

template <>
struct Words<RunStatus> {
  static constexpr auto table = std::to_array<WordOf<RunStatus>>({
      {RunStatus::kQueued, "queued"},
      {RunStatus::kStarted, "started"},
      {RunStatus::kSuccess, "success"},
      {RunStatus::kFailed, "failed"},
      {RunStatus::kCancelled, "cancelled"},
      {RunStatus::kTimeout, "timeout"},
      {RunStatus::kInterrupted, "interrupted"},
  });
  static constexpr auto unknown = RunStatus::kFailed;
};

constexpr bool has_ended(RunStatus status) {
  return status != RunStatus::kQueued && status != RunStatus::kStarted;
}

// Those that a run of the log may have.
inline std::vector<std::string_view> logged_status_words() {
  auto words = words_of<RunStatus>();
  std::erase(words, to_string(RunStatus::kQueued));
  return words;
}

}  // namespace nbasync
