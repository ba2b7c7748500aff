#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/fields.hpp"
#include "model/run_record.hpp"
#include "model/sync_wish.hpp"
#include "protocol/schedules.hpp"

// What HTTP answers beside the state of things.
namespace nbasync::protocol {

// Who holds the lock.
struct Holder {
  std::string run_id = {};
  std::string sync_type = {};
  SystemTime started_at = {};
  double elapsed_seconds = 0;
  std::string requester = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"run_id", kPlain, "of the run"}, self.run_id);
    visit(Field{"sync_type", kPlain, "what is synced"}, self.sync_type);
    visit(Field{"started_at", kPlain, "when it took the lock"}, self.started_at);
    visit(Field{"elapsed_seconds", kPlain, "since then"}, self.elapsed_seconds);
    visit(Field{"requester", kPlain, "who asked for it"}, self.requester);
  }

  bool operator==(const Holder&) const = default;
};

// An error as application/problem+json; success and error are the predecessor's.
struct Problem {
  std::string type = "about:blank";
  std::string title = {};
  int status = 0;
  std::string detail = {};
  bool success = false;
  std::string error = {};
  std::string code = {};  // a word of errors.hpp
  std::optional<Holder> holder = {};
  std::optional<std::uint64_t> queue_length = {};
  std::optional<std::int64_t> oldest_seq = {};
  std::string run_id = {};
  std::shared_ptr<const RunRecord> run = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"type", kPlain, "always about:blank"}, self.type);
    visit(Field{"title", kPlain, "the status in words"}, self.title);
    visit(Field{"status", kPlain, "the HTTP status"}, self.status);
    visit(Field{"detail", kPlain, "what went wrong, a sentence for people"}, self.detail);
    visit(Field{"success", kPlain, "false"}, self.success);
    visit(Field{"error", kPlain, "detail again"}, self.error);
    visit(Field{"code", kPlain, "a word that stays; see the codes"}, self.code);
    visit(Field{"holder", kOmitted, "of a busy lock, who has it"}, self.holder);
    visit(Field{"queue_length", kOmitted, "of a busy lock, how many wait"}, self.queue_length);
    visit(Field{"oldest_seq", kOmitted, "of changes that are gone, the oldest kept; 0: none is"},
          self.oldest_seq);
    visit(Field{"run_id", kOmitted, "of the run that did not succeed"}, self.run_id);
    visit(Field{"run", kOmitted, "the run that did not succeed"}, self.run);
  }

  bool operator==(const Problem&) const = default;
};

// A sync that was asked for is admitted.
struct Admission {
  bool success = true;
  std::string run_id = {};
  Disposition disposition = Disposition::kStarted;
  std::string status_endpoint = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"success", kPlain, "true"}, self.success);
    visit(Field{"run_id", kPlain, "of the run"}, self.run_id);
    visit(Field{"disposition", kPlain, "what became of the request"}, self.disposition);
    visit(Field{"status_endpoint", kPlain, "where the run is told"}, self.status_endpoint);
  }

  bool operator==(const Admission&) const = default;
};

// It is done, and there is no more to say.
struct Done {
  bool success = true;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"success", kPlain, "true"}, self.success);
  }

  bool operator==(const Done&) const = default;
};

// Schedules were paused, or go on.
struct PauseState {
  bool success = true;
  bool paused = false;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"success", kPlain, "true"}, self.success);
    visit(Field{"paused", kPlain, "whether nothing is started by schedule now"}, self.paused);
  }

  bool operator==(const PauseState&) const = default;
};

// A run is being cancelled.
struct Cancellation {
  bool success = true;
  std::string run_id = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"success", kPlain, "true"}, self.success);
    visit(Field{"run_id", kPlain, "of the run"}, self.run_id);
  }

  bool operator==(const Cancellation&) const = default;
};

struct Schedules {
  std::vector<ScheduleState> schedules;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"schedules", kPlain, "all of them"}, self.schedules);
  }

  bool operator==(const Schedules&) const = default;
};

}  // namespace nbasync::protocol
