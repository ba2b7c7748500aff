#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"
#include "protocol/status.hpp"

namespace nbasync::ctl {

// Something that is not well.
struct Trouble {
  Colour colour;           // red: data is not kept in step; yellow: somebody should know
  std::string what;        // "game_logs is stale"
  std::string help;        // what to do about it
  bool has_block = false;  // the page of the status has the whole story below
};

// Whether all is well: what is not, the worst first.
std::vector<Trouble> troubles_of(const protocol::Status& status, SystemTime now,
                                 const Terminal& terminal);

// "todays_games in 12 s (live), full tomorrow 06:00 (nightly)": what the schedules do next, or why
// they do nothing.
std::string next_text(const protocol::Status& status, SystemTime now, const Terminal& terminal);

}  // namespace nbasync::ctl
