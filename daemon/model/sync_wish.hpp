#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "model/sync_option.hpp"
#include "model/words.hpp"

namespace nbasync {

inline constexpr const char* kFullSync = "full";  // the sync type that is all datasets in order

// What to do when another sync holds the lock or waits for it.
enum class IfBusy {
  kQueue,  // wait, in arrival order
  kFail,   // be refused at once
  kJoin,   // be told the result of an identical run that waits or runs; else wait
};

template <>
struct Words<IfBusy> {
  static constexpr auto table = std::to_array<WordOf<IfBusy>>({
      {IfBusy::kQueue, "queue"},
      {IfBusy::kFail, "fail"},
      {IfBusy::kJoin, "join"},
      {IfBusy::kQueue, "wait"},
  });
};

// What became of a request that was not refused.
enum class Disposition { kStarted, kQueued, kJoined, kDryRun };

template <>
struct Words<Disposition> {
  static constexpr auto table = std::to_array<WordOf<Disposition>>({
      {Disposition::kStarted, "started"},
      {Disposition::kQueued, "queued"},
      {Disposition::kJoined, "joined"},
      {Disposition::kDryRun, "dry-run"},
  });
  static constexpr auto unknown = Disposition::kQueued;
};

// A wish for a sync, as a caller words it. What is empty, the daemon decides.
struct SyncWish {
  std::string sync_type;
  std::string season = {};  // "2025-26", or "auto"
  std::optional<bool> wait = {};
  std::optional<IfBusy> if_busy = {};    // overrides wait
  std::optional<Duration> timeout = {};  // for the lock
  std::optional<Duration> run_timeout = {};
  bool dry_run = false;
  bool force = false;
  bool interactive = false;  // a person may be asked for a password
  bool async = false;        // answer at admission, not at the end

  // The one list of the options.
  template <typename Self, typename Visitor>
  static void options(Self& self, Visitor&& visit) {
    visit(SyncOption{"season", kEveryDoor, "Season, like 2025-26, or auto"}, self.season);
    visit(SyncOption{"wait", kBusDoor | kHttpDoor, "Wait for the lock if another sync holds it"},
          self.wait);
    visit(
        SyncOption{"if_busy", kEveryDoor,
                   "When another sync runs: wait in line, fail at once, or share the result of an "
                   "identical one"},
        self.if_busy);
    visit(SyncOption{"timeout", kEveryDoor, "Wait at most so long for other syncs to end"},
          self.timeout);
    visit(SyncOption{"run_timeout", kEveryDoor, "Cancel the sync when it runs longer", false},
          self.run_timeout);
    visit(SyncOption{"dry_run", kEveryDoor, "Fetch and count, but write nothing"}, self.dry_run);
    visit(SyncOption{"force", kEveryDoor,
                     "Accept what a guard refuses: a short answer, a final game that is not final"},
          self.force);
    visit(SyncOption{"interactive", kBusDoor, "A person is there to be asked for a password"},
          self.interactive);
    visit(SyncOption{"async", kHttpDoor, "Answer at admission, not at the end"}, self.async);
  }
};

// Calls visit(const SyncOption&, member of `wish`) for each option.
template <typename Wish, typename Visitor>
void visit_options(Wish& wish, Visitor&& visit) {
  SyncWish::options(wish, std::forward<Visitor>(visit));
}

// The names of those that a door takes.
inline std::vector<std::string_view> option_names(Door door) {
  std::vector<std::string_view> names;
  const SyncWish wish;
  visit_options(wish, [&](const SyncOption& option, const auto&) {
    if ((option.doors & door) != 0) names.push_back(option.name);
  });
  return names;
}

}  // namespace nbasync
