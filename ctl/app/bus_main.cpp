// The program nbasyncctl-bus: nbasyncctl over D-Bus. nbasyncctl becomes it, see bus_program.hpp.

#include <iostream>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/app/arguments.hpp"
#include "ctl/app/program.hpp"
#include "ctl/transport/bus/bus_client.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"

namespace nbasync::ctl {
namespace {

int run(int argc, char** argv) {
  const auto arguments = parse_arguments({argv + 1, argv + argc});
  if (!arguments.action) {
    std::cout << arguments.help;
    return protocol::kExitDone;
  }
  try {
    return act(arguments, *make_bus_client(arguments.bus.value_or(Bus::kSystem)));
  } catch (const Error& error) {
    if (arguments.bus || error.code() != Errc::kDaemonUnreachable) throw;
    throw Error(error.code(),
                format("{} cannot be used, and {}", protocol::kSocketPath, error.what()));
  }
}

}  // namespace
}  // namespace nbasync::ctl

int main(int argc, char** argv) {
  return nbasync::ctl::guarded_main([&] { return nbasync::ctl::run(argc, argv); });
}
