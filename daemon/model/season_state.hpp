#pragma once

#include <array>

#include "model/words.hpp"

namespace nbasync {

// How a season of a backfill stands.
enum class SeasonState {
  kWaiting,
  kUnderWay,
  kDone,
  kWhole,   // it was whole already
  kFailed,  // and is not tried again
  kStopped,
};

template <>
struct Words<SeasonState> {
  static constexpr auto table = std::to_array<WordOf<SeasonState>>({
      {SeasonState::kWaiting, "waiting"},
      {SeasonState::kUnderWay, "under-way"},
      {SeasonState::kDone, "done"},
      {SeasonState::kWhole, "whole"},
      {SeasonState::kFailed, "failed"},
      {SeasonState::kStopped, "stopped"},
  });
  static constexpr auto unknown = SeasonState::kFailed;
};

// Whether nothing more is done about it.
constexpr bool is_over(SeasonState state) {
  return state != SeasonState::kWaiting && state != SeasonState::kUnderWay;
}

}  // namespace nbasync
