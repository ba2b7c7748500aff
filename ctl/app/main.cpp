#include <iostream>
#include <string>

#include "ctl/app/arguments.hpp"
#include "ctl/app/bus_program.hpp"
#include "ctl/app/program.hpp"
#include "ctl/app/socket_choice.hpp"
#include "ctl/transport/socket/socket_client.hpp"
#include "ctl/transport/socket/socket_error.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int run(int argc, char** argv) {
  auto arguments = parse_arguments({argv + 1, argv + argc});
  if (!arguments.action) {
    std::cout << arguments.help;
    return protocol::kExitDone;
  }
  if (arguments.bus) become_bus_program(argv);
  const auto choice = choose_socket(arguments);
  try {
    return act(arguments, *make_socket_client(choice.path));
  } catch (const SocketUnusable&) {
    if (!choice.named && has_bus_program()) become_bus_program(argv);
    throw;
  }
}

}  // namespace
}  // namespace nbasync::ctl

int main(int argc, char** argv) {
  return nbasync::ctl::guarded_main([&] { return nbasync::ctl::run(argc, argv); });
}
