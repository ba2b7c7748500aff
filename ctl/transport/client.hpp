#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "ctl/transport/answer.hpp"
#include "ctl/transport/event.hpp"
#include "model/changes_question.hpp"
#include "model/export_question.hpp"
#include "model/run_record.hpp"
#include "model/sync_wish.hpp"
#include "protocol/backfill.hpp"
#include "protocol/change.hpp"
#include "protocol/diagnosis.hpp"
#include "protocol/dictionary.hpp"
#include "protocol/game.hpp"
#include "protocol/player.hpp"
#include "protocol/replies.hpp"
#include "protocol/standing.hpp"
#include "protocol/status.hpp"

namespace nbasync::ctl {

using protocol::Admission;
using protocol::BackfillBegun;
using protocol::Changes;
using protocol::Diagnosis;
using protocol::Explanation;
using protocol::Game;
using protocol::Player;
using protocol::PlayerGame;
using protocol::PlayerSeason;
using protocol::Standing;
using protocol::Status;
using protocol::TableEntry;

struct RunFilter {
  unsigned limit = 20;
  std::string sync_type;
  std::string status;
};

// What follow() is to do. The callbacks may use the client.
struct Follow {
  std::string run_id;  // until this run has ended; empty: until stopped
  int stop_fd = -1;    // stop when this can be read
  std::function<void(const Event&)> on_event = [](const Event&) {};
  std::function<void()> on_tick = {};  // each `tick`, if set
  Duration tick{1000};
};

// The daemon, as the verbs see it, whichever way it is reached. Connects at the first use. One
// thread; blocks. Everything throws Error: what the daemon answered, or kDaemonUnreachable.
class Client {
 public:
  virtual ~Client() = default;

  virtual Admission sync(const SyncWish& wish) = 0;
  virtual Answer<Status> status() = 0;
  // The same, where so many of the recent runs are enough: that is quicker.
  virtual Answer<Status> page(unsigned) { return status(); }
  virtual Answer<RunRecord> run(const std::string& run_id) = 0;
  virtual Answer<std::vector<RunRecord>> runs(const RunFilter& filter) = 0;  // newest first
  virtual void cancel(const std::string& run_id) = 0;
  virtual std::string version() = 0;
  virtual void pause() = 0;
  virtual void resume() = 0;
  virtual void reload() = 0;  // throws what is wrong with it
  // Both seasons included; the daemon fetches them, one after another. Throws also
  // kInvalidArgument, kSyncInProgress.
  virtual Answer<BackfillBegun> backfill(const std::string& from, const std::string& to) = 0;
  virtual void stop_backfill() = 0;
  virtual Answer<Explanation> explain(const std::string& schedule) = 0;
  virtual Answer<std::vector<Game>> games(const std::optional<std::string>& date) = 0;
  virtual Answer<std::vector<Standing>> standings(const std::optional<std::string>& season) = 0;
  virtual Answer<std::vector<Player>> players(const std::string& name) = 0;  // a part of it
  // Of all seasons and their playoffs, newest first.
  virtual Answer<std::vector<PlayerSeason>> player_seasons(std::int64_t player_id) = 0;
  virtual Answer<std::vector<PlayerGame>> player_games(std::int64_t player_id, unsigned limit) = 0;
  // Throws also kChangesGone.
  virtual Answer<Changes> changes(const ChangesQuestion& question) = 0;
  virtual Answer<Diagnosis> doctor() = 0;
  // What the columns mean; of all tables if none is named.
  virtual Answer<std::vector<TableEntry>> schema(const std::string& table) = 0;

  // What the daemon sends bit by bit is handed to `take` as it comes. Where `stop_fd` can be read,
  // it ends at once with kCancelled. Throws also when the daemon breaks off: then it is not whole.
  using Take = std::function<void(std::string_view)>;
  virtual void export_table(const ExportQuestion& question, int stop_fd, const Take& take) = 0;
  virtual void snapshot(int stop_fd, const Take& take) = 0;

  // Events from now on are kept for follow().
  virtual void listen() = 0;

  // Delivers the events, on this thread, until the run has ended: then the run; nullopt if stopped.
  // Throws also when the daemon goes away.
  virtual std::optional<Answer<RunRecord>> follow(const Follow& how) = 0;
};

}  // namespace nbasync::ctl
