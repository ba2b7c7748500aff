#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "model/sync_wish.hpp"

namespace nbasync {

// What a duration is at the most, as an option of a Sync or in a query.
inline constexpr Duration kLongestOption = std::chrono::hours{7 * 24};

// Who takes an option: the bus, HTTP, the client's command line.
enum Door : unsigned { kBusDoor = 1, kHttpDoor = 2, kClientDoor = 4, kEveryDoor = 7 };

// One option of a Sync. What kind of value it takes is the type of its member of SyncWish: a text,
// a flag, a duration (in seconds on the bus), one of the words of an enumeration.
struct SyncOption {
  std::string_view name;  // "run_timeout"; on the command line "--run-timeout"
  unsigned doors;
  std::string_view help;
  bool zero = true;  // a duration may be 0
};

// The one list of them: calls visit(const SyncOption&, member of `wish`) for each.
template <typename Wish, typename Visitor>
void visit_options(Wish& wish, Visitor&& visit) {
  visit(SyncOption{"season", kEveryDoor, "Season, like 2025-26, or auto"}, wish.season);
  visit(SyncOption{"wait", kBusDoor | kHttpDoor, "Wait for the lock if another sync holds it"},
        wish.wait);
  visit(SyncOption{"if_busy", kEveryDoor,
                   "When another sync runs: wait in line, fail at once, or share the result of an "
                   "identical one"},
        wish.if_busy);
  visit(SyncOption{"timeout", kEveryDoor, "Wait at most so long for other syncs to end"},
        wish.timeout);
  visit(SyncOption{"run_timeout", kEveryDoor, "Cancel the sync when it runs longer", false},
        wish.run_timeout);
  visit(SyncOption{"dry_run", kEveryDoor, "Fetch and count, but write nothing"}, wish.dry_run);
  visit(SyncOption{"force", kEveryDoor, "Write also what upstream has not changed"}, wish.force);
  visit(SyncOption{"interactive", kBusDoor, "A person is there to be asked for a password"},
        wish.interactive);
  visit(SyncOption{"async", kHttpDoor, "Answer at admission, not at the end"}, wish.async);
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
