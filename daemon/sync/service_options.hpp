#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "dataset/catalog.hpp"
#include "model/season_type.hpp"
#include "store/old_changes.hpp"

namespace nbasync {

// When the daemon's start asks for a full sync by itself.
enum class OnStart {
  kIfEmpty,  // while nobody has filled the database yet
  kNotAtAll,
  kAlways,
};

// What holds for requests that do not say it themselves, and for the line.
struct ServiceOptions {
  std::string season = "auto";  // or "2025-26"
  int queue_limit = 128;        // requests that wait
  std::vector<SeasonType> season_types = {SeasonType::kRegular, SeasonType::kPlayIn,
                                          SeasonType::kPlayoffs, SeasonType::kCup};
  std::vector<std::string> full = default_full();  // what a full sync does; the order says nothing
  OnStart on_start = OnStart::kIfEmpty;
  Duration run_timeout = std::chrono::minutes(30);
  std::optional<Duration> history = std::chrono::days(90);  // of ended runs; nullopt: for ever
  ChangesKept changes;
  std::map<std::string, LockWait, std::less<>> defaults = default_locks();       // by sync type
  std::map<std::string, Duration, std::less<>> freshness = default_freshness();  // by dataset

  bool operator==(const ServiceOptions&) const = default;
};

}  // namespace nbasync
