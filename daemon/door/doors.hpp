#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/result.hpp"
#include "model/changes_question.hpp"
#include "protocol/backfill.hpp"
#include "protocol/diagnosis.hpp"
#include "protocol/schedules.hpp"

namespace nbasync {

class Connection;

// What the front doors (D-Bus, HTTP) offer beside SyncFront: the schedules and the configuration.
// Whoever builds the daemon fills it in, once. Loop thread. What a function throws is the answer.
// An empty one: this daemon has no scheduler.
struct Doors {
  // nullopt: it succeeded.
  using Done = std::function<void(const std::optional<Error>&)>;

  // `by`: who asks, for the record.
  std::function<void(const std::string& by)> pause;
  std::function<void(const std::string& by)> resume;
  std::function<bool()> paused = [] { return false; };

  // For as long as the daemon lives: `observer` is called when paused() has changed.
  std::function<void(std::function<void()> observer)> observe_paused = [](const auto&) {};

  // Why the database is not filled yet, as a sentence; empty: it is, or is not to be.
  std::function<std::string()> first_sync = [] { return std::string(); };

  // A backfill of seasons. The first begins it and returns how many seasons it is of; it throws
  // Error: kInvalidArgument, kSyncInProgress while one goes on. The second says whether one was
  // stopped. The third: nullopt, there was none yet.
  std::function<std::uint32_t(const std::string& from, const std::string& to,
                              const std::string& by)>
      backfill;
  std::function<bool(const std::string& by)> stop_backfill;
  std::function<std::optional<protocol::BackfillState>()> backfill_state = [] {
    return std::optional<protocol::BackfillState>();
  };

  // For as long as the daemon lives: `observer` is called when a backfill has come further.
  using BackfillObserver =
      std::function<void(std::uint32_t done, std::uint32_t of, const std::string& season)>;
  std::function<void(BackfillObserver observer)> observe_backfill = [](const auto&) {};

  // Reads the configuration again; `done` is told on the loop thread, never inside the call, that
  // it is in force, or why the old one stays.
  std::function<void(Done done)> reload;

  std::function<std::vector<protocol::ScheduleState>()> schedules = [] {
    return std::vector<protocol::ScheduleState>();
  };
  // Throws Error(kUnknownSchedule).
  std::function<protocol::Explanation(const std::string& name)> explain;

  // The feed of changes, its rows with commas between them; `told` is called on the loop thread,
  // never inside the call. Error: also kChangesGone, kInvalidArgument.
  std::function<void(ChangesQuestion question, std::function<void(Result<ChangesAnswer>)> told)>
      changes;

  // Writes the database, as it is at one moment, as a file of SQLite at `path`, where nothing is
  // yet. On the connection's thread; blocking. Throws Error.
  std::function<void(Connection&, const std::string& path, const std::stop_token&)> snapshot;

  // Looks at the stored data and at the installation; within ten seconds `told` is called on the
  // loop thread, never inside the call.
  std::function<void(std::function<void(const protocol::Diagnosis&)> told)> doctor =
      [](const auto& told) { told(protocol::Diagnosis()); };
};

}  // namespace nbasync
