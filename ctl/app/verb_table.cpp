#include "ctl/app/verb_table.hpp"

namespace nbasync::ctl {
namespace {

constexpr const char* kSyncs = "Syncs";
constexpr const char* kSchedules = "Schedules";
constexpr const char* kDaemon = "The daemon and its data";

constexpr Verb kVerbs[] = {
    {"sync", kSyncs, "Sync a type of data now, and wait for the end", define_sync},
    {"status", kSyncs, "Show what the daemon does and how fresh the data is", define_status},
    {"runs", kSyncs, "List the last syncs", define_runs},
    {"run", kSyncs, "Show one sync", define_run},
    {"cancel", kSyncs, "Cancel a sync that waits or runs", define_cancel},
    {"backfill", kSyncs, "Fetch past seasons, one after another", define_backfill},
    {"watch", kSyncs, "Follow syncs as they happen", define_watch},
    {"schedules", kSchedules, "List the schedules: what runs next, and why", define_schedules},
    {"explain", kSchedules, "Show why a schedule runs when it does", define_explain},
    {"pause", kSchedules, "Pause the schedules; what runs goes on", define_pause},
    {"resume", kSchedules, "Let paused schedules go on", define_resume},
    {"games", kDaemon, "Show the scores of today's games, or of another day", define_games},
    {"standings", kDaemon, "Show the standings of a season", define_standings},
    {"player", kDaemon, "Show a player, his seasons and his last games", define_player},
    {"changes", kDaemon, "Show which rows of the data were changed, and follow it", define_changes},
    {"schema", kDaemon, "Show what each column of the data means", define_schema},
    {"export", kDaemon, "Write a table of the data as CSV or NDJSON", define_export},
    {"snapshot", kDaemon, "Write the whole database as a file", define_snapshot},
    {"doctor", kDaemon, "Tell what is wrong with data and installation", define_doctor},
    {"reload", kDaemon, "Have the daemon read its configuration anew", define_reload},
    {"version", kDaemon, "Show the versions of client and daemon", define_version},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

}  // namespace nbasync::ctl
