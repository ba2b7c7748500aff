#pragma once

#include <functional>
#include <iosfwd>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "ctl/transport/client.hpp"
#include "ctl/verbs/option.hpp"
#include "ctl/view/terminal.hpp"

namespace nbasync::ctl {

// What a verb works with. All outlive it.
struct Context {
  Client& client;
  const Clock& clock;
  std::ostream& out;
  std::ostream& err;
  Terminal out_terminal;
  Terminal err_terminal;
  bool json = false;   // print JSON on out, and nothing else there
  bool quiet = false;  // print nothing but errors and what was asked for
};

// Does the work; the result is the exit code. Throws Error.
using Action = std::function<int(Context&)>;

// A verb's command line and what to do once it has been read. The action owns the options' places.
struct Command {
  std::vector<Option> options = {};
  std::string_view examples;  // lines, for the help
  Action action;
};

// What ctl/app/verb_table.cpp lists.
Command define_backfill();
Command define_cancel();
Command define_changes();
Command define_doctor();
Command define_explain();
Command define_export();
Command define_games();
Command define_pause();
Command define_player();
Command define_reload();
Command define_resume();
Command define_run();
Command define_runs();
Command define_schedules();
Command define_schema();
Command define_snapshot();
Command define_standings();
Command define_status();
Command define_sync();
Command define_version();
Command define_watch();

}  // namespace nbasync::ctl
