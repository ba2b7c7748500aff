#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/fields.hpp"
#include "model/season_state.hpp"

namespace nbasync::protocol {

// One season of a backfill.
struct BackfillSeason {
  std::string season;
  SeasonState state = SeasonState::kWaiting;
  unsigned retry = 0;                         // the number of the next try, or of the one under way
  std::optional<SystemTime> not_before = {};  // of the next try, while it waits for one
  std::string run_id = {};                    // of the try under way, or of the last
  std::string why = {};                       // why it is tried again, or has failed

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"season"}, self.season);
    visit(Field{"state"}, self.state);
    visit(Field{"retry"}, self.retry);
    visit(Field{"not_before", kOmitted}, self.not_before);
    visit(Field{"run_id", kNullable}, self.run_id);
    visit(Field{"why", kNullable}, self.why);
  }

  bool operator==(const BackfillSeason&) const = default;
};

// The backfill that goes on, or the last one.
struct BackfillState {
  std::string from = {};  // oldest season
  std::string to = {};    // newest
  bool open = false;
  std::uint32_t of = 0;                 // seasons
  std::uint32_t done = 0;               // fetched, whole before, or given up
  std::uint32_t failed = 0;             // of these
  std::string season;                   // that is fetched now
  std::optional<SystemTime> next = {};  // when something is done next, if that is known
  std::string why;                      // what it waits for, a sentence
  std::vector<BackfillSeason> seasons;  // newest first, as they are asked for

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"from"}, self.from);
    visit(Field{"to"}, self.to);
    visit(Field{"open"}, self.open);
    visit(Field{"of"}, self.of);
    visit(Field{"done"}, self.done);
    visit(Field{"failed"}, self.failed);
    visit(Field{"season", kNullable}, self.season);
    visit(Field{"next"}, self.next);
    visit(Field{"why", kNullable}, self.why);
    visit(Field{"seasons"}, self.seasons);
  }

  bool operator==(const BackfillState&) const = default;
};

// One was begun: HTTP's answer.
struct BackfillBegun {
  bool success = true;
  std::uint32_t seasons = 0;  // of how many it is
  std::string from = {};      // as it was asked for
  std::string to = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"success"}, self.success);
    visit(Field{"seasons"}, self.seasons);
    visit(Field{"from"}, self.from);
    visit(Field{"to"}, self.to);
  }

  bool operator==(const BackfillBegun&) const = default;
};

}  // namespace nbasync::protocol
