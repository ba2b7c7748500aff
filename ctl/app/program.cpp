#include "ctl/app/program.hpp"

#include <unistd.h>

#include <exception>
#include <iostream>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

int act(const Arguments& arguments, Client& client) {
  const RealClock clock;
  Context context{.client = client,
                  .clock = clock,
                  .out = std::cout,
                  .err = std::cerr,
                  .out_terminal = terminal_of(STDOUT_FILENO),
                  .err_terminal = terminal_of(STDERR_FILENO),
                  .json = arguments.json,
                  .quiet = arguments.quiet};
  return arguments.action(context);
}

int guarded_main(const std::function<int()>& run) noexcept {
  try {
    return run();
  } catch (const Error& error) {
    std::cerr << "nbasyncctl: " << error.what() << '\n';
    return protocol::names_of(error.code()).exit;
  } catch (const std::exception& error) {
    std::cerr << "nbasyncctl: " << error.what() << '\n';
    return protocol::kExitFailed;
  }
}

}  // namespace nbasync::ctl
