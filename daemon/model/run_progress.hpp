#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/fields.hpp"
#include "model/run_status.hpp"

namespace nbasync {

// A step of a run that is under way.
struct StepProgress {
  std::string name;
  RunStatus status = RunStatus::kQueued;  // kQueued: its turn has not come
  unsigned requests_done = 0;
  unsigned requests_expected = 0;  // before its turn what is known then, 0 if nothing is
  std::int64_t inserted = 0;       // these four once it has ended
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t deleted = 0;
  double duration_seconds = 0;  // likewise
  std::string error_code = {};  // likewise; a word of protocol/errors, empty for none

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"name", kPlain, "the type of sync"}, self.name);
    visit(Field{"status", kPlain, "queued: its turn has not come"}, self.status);
    visit(Field{"requests_done", kPlain, "requests that have been answered"}, self.requests_done);
    visit(Field{"requests_expected", kPlain, "those, and the ones that are known to come"},
          self.requests_expected);
    visit(Field{"inserted_count", kPlain, "rows, once it has ended"}, self.inserted);
    visit(Field{"updated_count", kPlain, "rows, once it has ended"}, self.updated);
    visit(Field{"unchanged_count", kPlain, "rows, once it has ended"}, self.unchanged);
    visit(Field{"deleted_count", kPlain, "rows, once it has ended"}, self.deleted);
    visit(Field{"duration_seconds", kPlain, "once it has ended"}, self.duration_seconds);
    visit(Field{"error_code", kOmitted, "why it failed"}, self.error_code);
  }

  bool operator==(const StepProgress&) const = default;
};

// How far a run is. Requests are those that have been answered, or are known to be made; a try that
// is made again is none.
struct RunProgress {
  std::string step;      // at work
  unsigned percent = 0;  // of the run; never falls
  unsigned requests_done = 0;
  unsigned requests_expected = 0;
  std::vector<StepProgress> steps;  // in order; of a run of one type, one

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"step", kPlain, "what is being done"}, self.step);
    visit(Field{"percent", kPlain, "how far it is"}, self.percent);
    visit(Field{"requests_done", kPlain, "requests that have been answered"}, self.requests_done);
    visit(Field{"requests_expected", kPlain, "those, and the ones that are known to come"},
          self.requests_expected);
    visit(Field{"steps", kOmitted, "the steps of the run, in order"}, self.steps);
  }

  bool operator==(const RunProgress&) const = default;
};

}  // namespace nbasync
