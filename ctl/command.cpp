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
    {"version", "Show the versions of client and daemon", define_version},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

}  // namespace nbasync::ctl
