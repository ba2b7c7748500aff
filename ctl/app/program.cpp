#include "ctl/app/program.hpp"

#include <unistd.h>

#include <exception>
#include <iostream>

#include "base/error.hpp"
#include "ctl/transport/socket/socket_error.hpp"
#include "ctl/view/time_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

int act(const Arguments& arguments, Client& client, const Clock& clock) {
  Context context{.client = client,
                  .clock = clock,
                  .out = std::cout,
                  .err = std::cerr,
                  .out_terminal = terminal_of(STDOUT_FILENO),
                  .err_terminal = terminal_of(STDERR_FILENO),
                  .json = arguments.json,
                  .quiet = arguments.quiet};
  if (arguments.utc) context.out_terminal.local_time = context.err_terminal.local_time = false;
  try {
    return arguments.action(context);
  } catch (const SocketUnusable&) {  // the bus may do instead
    throw;
  } catch (const Error& error) {  // the daemon's sentences have times
    throw Error(error.code(), with_own_times(error.what(), context.err_terminal));
  }
}

int guarded_main(const std::function<int()>& run) noexcept {
  try {
    return run();
  } catch (const Error& error) {
    std::cerr << "nbasyncctl: " << error.what();
    if (error.code() == Errc::kAccessDenied && ::geteuid() != 0) {
      std::cerr << "; join the group nbasync: 'sudo usermod -aG nbasync $USER', then log in again";
    }
    std::cerr << '\n';
    return protocol::names_of(error.code()).exit;
  } catch (const std::exception& error) {
    std::cerr << "nbasyncctl: " << error.what() << '\n';
    return protocol::kExitFailed;
  }
}

}  // namespace nbasync::ctl
