#pragma once

#include "ctl/verbs/verb.hpp"

namespace nbasync::ctl {

// Shows the status until a signal comes. On a terminal it is drawn anew each second and at each
// event; elsewhere, and as JSON, it is printed again whenever it has changed. The result is the
// exit code.
int watch_status(Context& context);

}  // namespace nbasync::ctl
