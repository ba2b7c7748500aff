#pragma once

namespace nbasync::ctl {

// The bus back end is a program of its own, nbasyncctl-bus, which this process becomes when it has
// to: so that who uses the socket neither loads nor waits for the bus library. A program and not a
// module, because then this one can have its libraries built in, and nothing is left half done.

// Whether it is installed beside this program.
bool has_bus_program();

// Becomes it, with the same command line. Returns never; throws Error when it cannot be started.
[[noreturn]] void become_bus_program(char** argv);

}  // namespace nbasync::ctl
