#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ctl/transport/bus/bus_client.hpp"
#include "ctl/verbs/verb.hpp"

namespace nbasync::ctl {

// The command line, understood: what to do, and the options that every verb has.
struct Arguments {
  Action action;  // empty: only print `help`
  std::string help;
  std::string socket;      // empty: not said
  std::optional<Bus> bus;  // none: the socket, and the bus if that cannot be used
  bool utc = false;
  bool json = false;
  bool quiet = false;
};

// `words` is the command line without the program's name. Throws Error(kInvalidArgument) with a
// message that names the nearest known word.
Arguments parse_arguments(std::vector<std::string> words);

}  // namespace nbasync::ctl
