#include <unistd.h>

#include <exception>
#include <iostream>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "ctl/arguments.hpp"
#include "ctl/bus_client.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int run(int argc, char** argv) {
  const auto arguments = parse_arguments({argv + 1, argv + argc});
  if (!arguments.action) {
    std::cout << arguments.help;
    return protocol::kExitDone;
  }
  const RealClock clock;
  const auto client = make_bus_client(arguments.bus);
  Context context{.client = *client,
                  .clock = clock,
                  .out = std::cout,
                  .err = std::cerr,
                  .out_terminal = terminal_of(STDOUT_FILENO),
                  .err_terminal = terminal_of(STDERR_FILENO),
                  .json = arguments.json,
                  .quiet = arguments.quiet};
  return arguments.action(context);
}

}  // namespace
}  // namespace nbasync::ctl

int main(int argc, char** argv) {
  try {
    return nbasync::ctl::run(argc, argv);
  } catch (const nbasync::Error& error) {
    std::cerr << "nbasyncctl: " << error.what() << '\n';
    return nbasync::protocol::names_of(error.code()).exit;
  } catch (const std::exception& error) {
    std::cerr << "nbasyncctl: " << error.what() << '\n';
    return nbasync::protocol::kExitFailed;
  }
}
