#pragma once

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/connection.hpp"
#include "model/fields.hpp"
#include "model/season_state.hpp"
#include "store/own_tables.hpp"

namespace nbasync {

// What the database keeps of one season of a backfill: how its run stands.
struct BackfillMemory {
  SeasonState state = SeasonState::kWaiting;
  std::string run_id = {};                    // of the try under way, or of the last
  std::optional<SystemTime> asked_at = {};    // that try
  unsigned requests = 0;                      // that it has made
  std::optional<SystemTime> not_before = {};  // the next try
  unsigned retry = 0;                         // the number of the next try, or of the one under way
  std::vector<std::string> steps = {};
  std::string failed_run = {};
  std::string because = {};
  std::string why = {};  // it has failed

  // The columns of nbasync_backfill after the season.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"state"}, self.state);
    visit(Field{"run_id"}, self.run_id);
    visit(Field{"asked_at"}, self.asked_at);
    visit(Field{"requests"}, self.requests);
    visit(Field{"not_before"}, self.not_before);
    visit(Field{"retry"}, self.retry);
    visit(Field{"steps"}, self.steps);
    visit(Field{"failed_run"}, self.failed_run);
    visit(Field{"because"}, self.because);
    visit(Field{"why"}, self.why);
  }

  bool operator==(const BackfillMemory&) const = default;
};

// By season.
using BackfillMemories = std::map<std::string, BackfillMemory>;

// The table nbasync_backfill. Blocking; the thread of the connection. Throws Error(kStorage…),
// kCancelled.
namespace backfill_store {

const OwnTable& table();

BackfillMemories read(Connection& connection, const std::stop_token& stop);

// What has changed; nullopt: the season goes. Within a transaction.
void write(Connection& connection,
           const std::map<std::string, std::optional<BackfillMemory>>& changes,
           const std::stop_token& stop);

}  // namespace backfill_store
}  // namespace nbasync
