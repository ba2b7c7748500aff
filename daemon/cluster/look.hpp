#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cluster/instances.hpp"
#include "cluster/line.hpp"
#include "db/connection.hpp"
#include "model/run_record.hpp"
#include "protocol/status.hpp"

// What the daemons that share a database tell each other in it. Blocking; any thread. Throws what
// Connection does.
namespace nbasync {

// How one of them sees the others.
struct Look {
  line::View line;
  SystemTime now = {};                          // by the server's clock, as all of the line
  std::string holder;                           // who has the lease; empty: nobody
  std::int64_t epoch = 0;                       // of the last holder
  std::vector<protocol::InstanceState> others;  // that were heard of lately, this one too
  std::string status;                           // the holder's status, as JSON; empty: none yet
  std::vector<std::string> ended;               // run ids, of the last minute
  std::int64_t last_change = 0;                 // of the feed of changes
  bool paused = false;                          // whether schedules are
  std::string wish;                             // what schedules are wished to be; see PauseWish
};

Look look_around(Connection& connection, const std::stop_token& stop);

// The holder's status, for the others. Within a write().
void tell_status(Connection& connection, std::int64_t epoch, const std::string& status,
                 const std::stop_token& stop);

// That somebody wants schedules paused, or resumed, whoever the holder is: it is the holder's to
// do, and to take the wish away. The second is part of a write().
struct PauseWish {
  bool paused = false;
  std::string by;
  std::string id;  // of this wish: it is done once
};
std::string to_text(const PauseWish& wish);
PauseWish pause_wish_in(const std::string& text);
void wish(Connection& connection, const PauseWish& wish, bool rings, const std::stop_token& stop);
void take_wish_away(Connection& connection, const std::string& text, const std::stop_token& stop);

// Wakes those who listen.
void ring(Connection& connection, const std::stop_token& stop);

// How a run ended that is in the line no more: from the log, or of a dry run from the line.
// nullopt: nobody knows any more.
std::optional<RunRecord> ended_run(Connection& connection, const std::string& run_id,
                                   const std::stop_token& stop);

// What a dry run's callers are told beside its status, and back.
std::string result_of(const RunRecord& run);
RunRecord run_in(const std::string& result);

}  // namespace nbasync
