#pragma once

#include "ctl/verbs/verb.hpp"

namespace nbasync::ctl {

// Waits for the end of a run that was just asked for, with a progress line where that is wanted,
// and prints its summary. The result is the exit code. A signal detaches: the sync goes on. Needs
// listen() before the request.
int attach(Context& context, const SyncWish& wish, const Admission& admission);

}  // namespace nbasync::ctl
