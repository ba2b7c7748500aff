#pragma once

#include <optional>
#include <string>

#include "config/config.hpp"
#include "config/load.hpp"

namespace nbasync {

// What nbasyncd was told to do.
struct CommandLine {
  enum class Action {
    kServe,
    kOnce,
    kDoctor,
    kCopyTo,
    kCopyFrom,
    kCheckConfig,
    kDumpConfig,
    kVersion,
    kHelp
  };

  Action action = Action::kServe;
  ConfigFiles files;
  std::string once_type;
  std::string copy_url;  // of the PostgreSQL on the other side
  std::optional<std::string> database;
  std::optional<log::Level> log_level;
};

// Throws Error(kInvalidArgument), with a hint, for what it does not understand.
CommandLine parse_command_line(int argc, char** argv);

// What --help prints.
std::string usage();

}  // namespace nbasync
