#pragma once

#include <functional>

#include "base/clock.hpp"
#include "ctl/app/arguments.hpp"

namespace nbasync::ctl {

// Does on `client` what the command line says, on this process's standard output and error. The
// result is the exit code. Throws Error.
int act(const Arguments& arguments, Client& client, const Clock& clock = RealClock());

// Runs a whole program: the errors that `run` throws become messages and exit codes.
int guarded_main(const std::function<int()>& run) noexcept;

}  // namespace nbasync::ctl
