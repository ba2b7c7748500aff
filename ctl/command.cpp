#include "ctl/command.hpp"

namespace nbasync::ctl {
namespace {

constexpr Verb kVerbs[] = {
    {"sync", "Sync a type of data now, and wait for the end", define_sync},
    {"status", "Show what the daemon does and how fresh the data is", define_status},
    {"runs", "List the last syncs", define_runs},
    {"run", "Show one sync", define_run},
    {"cancel", "Cancel a sync that waits or runs", define_cancel},
    {"watch", "Follow syncs as they happen", define_watch},
    {"schedules", "List the schedules: what runs next, and why", define_schedules},
    {"explain", "Show why a schedule runs when it does, and what it decided", define_explain},
    {"pause", "Pause the schedules; what runs goes on", define_pause},
    {"resume", "Let paused schedules go on", define_resume},
    {"reload", "Have the daemon read its configuration anew", define_reload},
    {"games", "Show the scores of today's games, or of another day", define_games},
    {"version", "Show the versions of client and daemon", define_version},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

}  // namespace nbasync::ctl
