#pragma once

#include <string>

#include "base/clock.hpp"
#include "door/doors.hpp"
#include "http/reply.hpp"
#include "http/request.hpp"
#include "sync/sync_service.hpp"

namespace nbasync {

class EventStream;
class Metrics;
class ReaderPool;
class StatusText;

// All that the handlers of the routes call; owned by others.
struct Api {
  SyncService& service;
  const Doors& doors;
  ReaderPool& readers;
  EventStream& events;
  Metrics& metrics;
  StatusText& status;
  const Clock& clock;
};

// Answers one request, at once or later. `name` is what stands for {name} in the route's path. What
// a handler throws becomes the reply; the request lives for the call only. Loop thread.
using Handler = void (*)(Api& api, const HttpRequest& request, const std::string& name,
                         const Answer& answer);

// One function a route; the table that says which is routes.cpp.
namespace handle {

// sync_routes.cpp
void start_sync(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_status(Api&, const HttpRequest&, const std::string&, const Answer&);

// run_routes.cpp
void list_runs(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_run(Api&, const HttpRequest&, const std::string& run_id, const Answer&);
void cancel_run(Api&, const HttpRequest&, const std::string& run_id, const Answer&);

// schedule_routes.cpp
void pause(Api&, const HttpRequest&, const std::string&, const Answer&);
void resume(Api&, const HttpRequest&, const std::string&, const Answer&);
void reload(Api&, const HttpRequest&, const std::string&, const Answer&);
void list_schedules(Api&, const HttpRequest&, const std::string&, const Answer&);
void explain_schedule(Api&, const HttpRequest&, const std::string& schedule, const Answer&);

// data_routes.cpp
void get_games(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_teams(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_team_stats(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_game_logs(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_schedule(Api&, const HttpRequest&, const std::string&, const Answer&);

// watch_routes.cpp
void get_events(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_health(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_readiness(Api&, const HttpRequest&, const std::string&, const Answer&);
void get_metrics(Api&, const HttpRequest&, const std::string&, const Answer&);

}  // namespace handle
}  // namespace nbasync
