#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "model/run_record.hpp"
#include "model/season_state.hpp"
#include "scheduler/schedule_turn.hpp"
#include "scheduler/wanted_run.hpp"
#include "store/backfill_store.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// A backfill of seasons as a state machine: one full run a season, newest first, one after another.
// Pure, as the machine of a schedule is. Each season: waiting → looked at → whole, or its run is
// asked for → done, or tried again by the usual rule while others have their turn, at last failed.
class BackfillMachine {
 public:
  struct Season {
    std::string name;
    WantedRun run;
    bool whole = false;
    bool stopped = false;
    // The last try, and the requests that it has made; those of the backfill before until then.
    std::optional<SystemTime> asked_at = {};
    unsigned requests = 0;

    SeasonState state() const;
  };

  // What is to be done for this season. The answer is examined(), or asked(), before anything else.
  struct Ask {
    enum class Kind { kExamine, kRun };

    Kind kind = Kind::kExamine;
    std::string season;
    Turn turn = {};
    std::string cause = {};  // a sentence, for the record of decisions
  };

  // As the last process left it.
  explicit BackfillMachine(const BackfillMemories& memories);

  // After a restart: what became of the run under way, as the log knows it; null if it never began.
  void recover(const RunRecord* run, SystemTime now);

  // Takes the place of what was before, which must not be open.
  void begin(std::vector<std::string> seasons);

  // Before the next run, each request of the last one is paid for with so much time, from the
  // moment when that run was asked for.
  void set_per_request(Duration time) { per_request_ = time; }

  // Asks for nothing any more. Returns the run that is under way, if there is one: its end is not
  // waited for.
  std::optional<std::string> stop();

  // Time has passed, or something was answered: what is to be done now.
  std::optional<Ask> advance(const Moment& moment);

  void examined(const std::string& season, bool whole);
  void asked(std::string run_id, SystemTime now);
  void admitted(const std::string& run_id, const Admission& admission, SystemTime now);
  void ended(const RunRecord& run, SystemTime now);

  // What the database has to keep.
  BackfillMemories memory() const;

  // Newest first; of the backfill that goes on, or of the last one.
  const std::vector<Season>& seasons() const { return seasons_; }
  bool is_open() const;
  std::size_t done() const;  // seasons: fetched, whole before, or given up
  const Season* under_way() const;

  // When advance() has something to do, as far as is known; and what it waits for, a sentence.
  std::optional<SystemTime> start() const { return start_; }
  const std::string& why() const { return why_; }

 private:
  // The requests of a run, which are paid for before the next.
  struct Debt {
    SystemTime since{};
    unsigned requests = 0;
  };

  void right(SystemTime now);
  SystemTime paid_at(const Debt& debt) const { return debt.since + per_request_ * debt.requests; }
  Debt debt() const;
  Season* next(SystemTime now);

  Duration per_request_ = std::chrono::seconds{3};  // 20 a minute
  std::vector<Season> seasons_;
  Season* looked_at_ = nullptr;  // an Ask of it is not answered, or it was found not to be whole
  bool looking_ = false;         // the former
  std::optional<SystemTime> start_;
  std::string why_;
};

}  // namespace nbasync
