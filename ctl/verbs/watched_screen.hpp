#pragma once

#include <functional>
#include <string>

#include "ctl/verbs/verb.hpp"

namespace nbasync::ctl {

// What to show until a signal comes, and how.
struct Watched {
  // Of now: the text for people, and what it is made of, without what only grows older.
  struct State {
    std::string text;
    std::string compared;
    Json json;
  };
  std::function<State()> look;
};

// On a terminal it is drawn anew each second and at each event, as much as fits; elsewhere, and as
// JSON, it is printed again whenever what it is made of has changed. The result is the exit code.
int watch_screen(Context& context, const Watched& watched);

}  // namespace nbasync::ctl
