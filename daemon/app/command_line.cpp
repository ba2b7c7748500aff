#include "app/command_line.hpp"

#include <getopt.h>

#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "postgres/postgres_address.hpp"

namespace nbasync {
namespace {

enum Option : int {
  kConfig = 1000,
  kCheck,
  kDump,
  kOnce,
  kDoctor,
  kCopyTo,
  kCopyFrom,
  kDatabase,
  kLogLevel,
  kVersion,
  kHelp
};

constexpr option kOptions[] = {
    {"config", required_argument, nullptr, kConfig},
    {"check-config", no_argument, nullptr, kCheck},
    {"dump-config", no_argument, nullptr, kDump},
    {"once", required_argument, nullptr, kOnce},
    {"doctor", no_argument, nullptr, kDoctor},
    {"copy-to", required_argument, nullptr, kCopyTo},
    {"copy-from", required_argument, nullptr, kCopyFrom},
    {"database", required_argument, nullptr, kDatabase},
    {"log-level", required_argument, nullptr, kLogLevel},
    {"version", no_argument, nullptr, kVersion},
    {"help", no_argument, nullptr, kHelp},
    {nullptr, 0, nullptr, 0},
};

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Errc::kInvalidArgument, message);
}

[[noreturn]] void refuse_option(std::string_view given, bool lacks_value) {
  if (lacks_value) refuse(format("option {} needs a value; see --help", given));
  std::vector<std::string> dashed;
  for (const auto* known = kOptions; known->name != nullptr; ++known) {
    dashed.push_back(format("--{}", known->name));
  }
  refuse(format("unknown option {}{}", given, suggest(given, {dashed.begin(), dashed.end()})));
}

// A mistake in it is one of the command line.
std::string parse_url(std::string_view option, const char* url) {
  try {
    (void)PostgresAddress(url);
  } catch (const Error& error) {
    refuse(format("{}: {}", option, error.what()));
  }
  return url;
}

log::Level parse_level(std::string_view word) {
  for (const auto level :
       {log::Level::kDebug, log::Level::kInfo, log::Level::kWarning, log::Level::kError}) {
    if (log::to_string(level) == word) return level;
  }
  refuse(format("--log-level: '{}' is none of debug, info, warning, error", word));
}

}  // namespace

CommandLine parse_command_line(int argc, char** argv) {
  CommandLine line;
  opterr = 0;
  for (;;) {
    const int index = optind;
    switch (getopt_long(argc, argv, ":hV", kOptions, nullptr)) {
      case -1:
        if (optind < argc) refuse(format("unexpected argument '{}'; see --help", argv[optind]));
        return line;
      case kConfig:
        line.files.main = optarg;
        line.files.drop_ins = line.files.main.parent_path() / "conf.d";
        line.files.must_exist = true;
        break;
      case kCheck:
        line.action = CommandLine::Action::kCheckConfig;
        break;
      case kDump:
        line.action = CommandLine::Action::kDumpConfig;
        break;
      case kOnce:
        line.action = CommandLine::Action::kOnce;
        line.once_type = optarg;
        break;
      case kDoctor:
        line.action = CommandLine::Action::kDoctor;
        break;
      case kCopyTo:
        line.action = CommandLine::Action::kCopyTo;
        line.copy_url = parse_url("--copy-to", optarg);
        break;
      case kCopyFrom:
        line.action = CommandLine::Action::kCopyFrom;
        line.copy_url = parse_url("--copy-from", optarg);
        break;
      case kDatabase:
        line.database = optarg;
        break;
      case kLogLevel:
        line.log_level = parse_level(optarg);
        break;
      case kVersion:
      case 'V':
        line.action = CommandLine::Action::kVersion;
        return line;
      case kHelp:
      case 'h':
        line.action = CommandLine::Action::kHelp;
        return line;
      case ':':
        refuse_option(argv[index], true);
      default:
        refuse_option(argv[index], false);
    }
  }
}

std::string usage() {
  return format(R"(Usage: nbasyncd [OPTION]...
Keeps a SQLite database of NBA data in step with the NBA's endpoints.

  --config FILE      read FILE instead of /etc/nbasync/nbasyncd.yaml, and conf.d/*.yaml beside it
  --check-config     check the configuration and end
  --dump-config      print the effective configuration and where each value comes from
  --once TYPE        run one sync in the foreground and end; TYPE is one of
                     {}
  --doctor           look for what does not fit in the data and the installation, and end
  --copy-to URL      copy the database, a file, into the empty PostgreSQL at URL, and end
  --copy-from URL    copy the PostgreSQL at URL into the database, an empty file or none, and end
  --database FILE    use this database
  --log-level LEVEL  debug, info, warning or error
  --version          print the version
  --help             print this

Exit status: 0 done, 1 sync or copy failed, or doctor found something, 2 usage, 3 lock or run timed out,
4 refused: another process has the lock, 8 cancelled or interrupted, 78 bad configuration.
)",
                joined(sync_types()));
}

}  // namespace nbasync
