#pragma once

#include <functional>
#include <ostream>
#include <span>
#include <string_view>

#include "base/clock.hpp"
#include "ctl/client.hpp"
#include "ctl/terminal.hpp"

namespace CLI {
class App;
}

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

// One row of the table of verbs: define() adds the verb's options to `app` and returns what to do
// once they have been parsed.
struct Verb {
  std::string_view name;
  std::string_view group;  // its heading in the help
  std::string_view summary;
  Action (*define)(CLI::App& app);
};

std::span<const Verb> verbs();

Action define_cancel(CLI::App& app);
Action define_explain(CLI::App& app);
Action define_games(CLI::App& app);
Action define_pause(CLI::App& app);
Action define_reload(CLI::App& app);
Action define_resume(CLI::App& app);
Action define_run(CLI::App& app);
Action define_runs(CLI::App& app);
Action define_schedules(CLI::App& app);
Action define_status(CLI::App& app);
Action define_sync(CLI::App& app);
Action define_version(CLI::App& app);
Action define_watch(CLI::App& app);

}  // namespace nbasync::ctl
