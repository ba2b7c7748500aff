#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "control/route.hpp"
#include "door/doors.hpp"
#include "http/budget.hpp"
#include "protocol/backfill.hpp"
#include "sync/sync_front.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

class AnswerCache;
class EventStream;
class Metrics;
class ReadPool;
class StatusText;

// Files of the data that are made or sent at the same time: told in nbasyncd(8).
inline constexpr Budget::Limits kDownloads{4, 2};

// All that the handlers of the routes call; owned by others.
struct Api {
  SyncFront& service;
  const Doors& doors;
  ReadPool& readers;
  EventStream& events;
  Metrics& metrics;
  StatusText& status;
  AnswerCache& answers;
  const Clock& clock;

  // Files that are being made or sent.
  std::shared_ptr<Budget> downloads = std::make_shared<Budget>(kDownloads);
};

// One function a route; the table that says which, and what its parameters are, is routes.cpp. Loop
// thread.
namespace handle {

// sync_routes.cpp
void start_sync(Api&, const Call&, SyncRequest wanted);
void get_status(Api&, const Call&, unsigned recent);

// run_routes.cpp
void list_runs(Api&, const Call&, unsigned limit, const std::string& type,
               const std::string& status);
void get_run(Api&, const Call&, Duration wait);
void cancel_run(Api&, const Call&);

// schedule_routes.cpp
void pause(Api&, const Call&);
void resume(Api&, const Call&);
void reload(Api&, const Call&);
void reload(const Doors&, const Call&);  // the same, of a daemon that has no more than this
void list_schedules(Api&, const Call&);
void explain_schedule(Api&, const Call&);

// backfill_routes.cpp
void start_backfill(Api&, const Call&, const protocol::BackfillWish& wish);
void get_backfill(Api&, const Call&);
void stop_backfill(Api&, const Call&);

// data_routes.cpp
void get_games(Api&, const Call&, const std::string& date);
void get_teams(Api&, const Call&);
void get_standings(Api&, const Call&, const std::string& season);
void get_team_stats(Api&, const Call&, const std::string& season, const std::string& type,
                    const std::string& split);
void get_game_logs(Api&, const Call&, const std::string& team, const std::string& season,
                   const std::string& type, unsigned limit);
void get_players(Api&, const Call&, const std::string& team, const std::string& name,
                 unsigned limit);
void get_player_game_logs(Api&, const Call&, const std::string& player, const std::string& team,
                          const std::string& season, const std::string& type, unsigned limit);
void get_player_stats(Api&, const Call&, const std::string& season, const std::string& split,
                      const std::string& player, const std::string& team, unsigned limit);
void get_schedule(Api&, const Call&, const std::string& from, const std::string& to,
                  unsigned limit);

// changes_routes.cpp
void get_changes(Api&, const Call&, std::optional<std::int64_t> since, const std::string& table,
                 const std::string& corrections, const std::string& run, unsigned limit);

// timeline_routes.cpp
void get_timeline(Api&, const Call&, unsigned days);
void get_activity(Api&, const Call&, unsigned days);

// page_routes.cpp: also of a daemon that has no more than this
void get_page(const Call&);
void get_page_file(const Call&);

// doctor_routes.cpp
void get_doctor(Api&, const Call&);

// openapi_routes.cpp
void get_openapi(Api&, const Call&);
void get_openapi(const Call&);  // the same, of a daemon that has no more than this

// schema_routes.cpp
void get_schema(Api&, const Call&, const std::string& table);

// export_routes.cpp: the table is the part of the path
void export_table(Api&, const Call&, const std::string& season, const std::string& wanted);

// snapshot_routes.cpp
void get_snapshot(Api&, const Call&);

// watch_routes.cpp
void get_events(Api&, const Call&, std::optional<std::int64_t> last_seen);
void get_health(Api&, const Call&);
void get_readiness(Api&, const Call&);
void get_metrics(Api&, const Call&);

}  // namespace handle
}  // namespace nbasync
