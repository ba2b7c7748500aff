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
  unsigned retry = 0;
  std::optional<SystemTime> not_before = {};
  std::string run_id = {};
  std::string why = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"season", kPlain, "the season, like 2024-25"}, self.season);
    visit(Field{"state", kPlain, "how it stands"}, self.state);
    visit(Field{"retry", kPlain, "the number of the next try, or of the one under way"},
          self.retry);
    visit(Field{"not_before", kOmitted, "the next try is made then"}, self.not_before);
    visit(Field{"run_id", kNullable, "of the try under way, or of the last"}, self.run_id);
    visit(Field{"why", kNullable, "why it is tried again, or has failed"}, self.why);
  }

  bool operator==(const BackfillSeason&) const = default;
};

// The backfill that goes on, or the last one.
struct BackfillState {
  std::string from = {};
  std::string to = {};
  bool open = false;
  std::uint32_t of = 0;  // seasons
  std::uint32_t done = 0;
  std::uint32_t failed = 0;  // of these
  std::string season;
  std::optional<SystemTime> next = {};
  std::string why;
  std::vector<BackfillSeason> seasons;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"from", kPlain, "the oldest season"}, self.from);
    visit(Field{"to", kPlain, "the newest season"}, self.to);
    visit(Field{"open", kPlain, "whether it goes on"}, self.open);
    visit(Field{"of", kPlain, "how many seasons it is of"}, self.of);
    visit(Field{"done", kPlain, "how many are fetched, were whole before, or are given up"},
          self.done);
    visit(Field{"failed", kPlain, "how many of these are given up"}, self.failed);
    visit(Field{"season", kNullable, "that is fetched now"}, self.season);
    visit(Field{"next", kPlain, "when something is done next, if that is known"}, self.next);
    visit(Field{"why", kNullable, "what it waits for"}, self.why);
    visit(Field{"seasons", kPlain, "newest first, as they are asked for"}, self.seasons);
  }

  bool operator==(const BackfillState&) const = default;
};

// What HTTP is asked: to begin one.
struct BackfillWish {
  std::string from;
  std::string to;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"from", kPlain, "the oldest season, like 2015-16"}, self.from);
    visit(Field{"to", kPlain, "the newest season"}, self.to);
  }

  bool operator==(const BackfillWish&) const = default;
};

// How far it is.
struct BackfillReport {
  std::optional<BackfillState> backfill;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"backfill", kPlain, "the one that goes on, or the last; null: there was none"},
          self.backfill);
  }

  bool operator==(const BackfillReport&) const = default;
};

// One was stopped.
struct BackfillStopped {
  bool success = true;
  bool stopped = false;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"success", kPlain, "true"}, self.success);
    visit(Field{"stopped", kPlain, "whether one went on"}, self.stopped);
  }

  bool operator==(const BackfillStopped&) const = default;
};

// One was begun: HTTP's answer.
struct BackfillBegun {
  bool success = true;
  std::uint32_t seasons = 0;
  std::string from = {};
  std::string to = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"success", kPlain, "true"}, self.success);
    visit(Field{"seasons", kPlain, "how many there are"}, self.seasons);
    visit(Field{"from", kPlain, "the oldest season, as it was asked for"}, self.from);
    visit(Field{"to", kPlain, "the newest season, as it was asked for"}, self.to);
  }

  bool operator==(const BackfillBegun&) const = default;
};

}  // namespace nbasync::protocol
