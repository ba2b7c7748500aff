#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "app/candidacy.hpp"
#include "app/chosen_database.hpp"
#include "app/command_line.hpp"
#include "app/copy_run.hpp"
#include "app/daemon.hpp"
#include "app/database_user.hpp"
#include "app/once.hpp"
#include "app/passed_sockets.hpp"
#include "app/summary.hpp"
#include "app/unready.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "config/dump.hpp"
#include "config/load.hpp"
#include "control/token.hpp"
#include "doctor/examine.hpp"
#include "event/signals.hpp"
#include "http/listen_socket.hpp"
#include "log/log.hpp"
#include "protocol/diagnosis.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"
#include "schedule/zone.hpp"

namespace nbasync {
namespace {

constexpr int kLargeBlock = 1 << 20;  // bytes

// What answers of upstream took goes back to the system when it is free. glibc would learn from the
// first large block to keep the next ones.
void give_large_blocks_back() {
#ifdef M_MMAP_THRESHOLD
  ::mallopt(M_MMAP_THRESHOLD, kLargeBlock);
#endif
}

int print(const std::string& text) {
  return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? protocol::kExitFailed
                                                                          : protocol::kExitDone;
}

int sync_once(const Config& config, const std::string& type) {
  if (!config.database.url) become_user_of(config.database.path);
  const auto run = Once(config).run(type);
  print(summary(run));
  return run.status == RunStatus::kSuccess ? protocol::kExitDone
                                           : protocol::names_of_word(run.error_code).exit;
}

int copy_database(const Config& config, const std::string& url, CopyRun::Direction direction) {
  CopyRun run(config, url);  // the password may be root's to read
  become_user_of(config.database.path);
  return print(run.copy(direction));
}

int doctor(const Config& config) {
  const auto diagnosis = examine(config);
  print(protocol::text_of(diagnosis));
  return diagnosis.well ? protocol::kExitDone : protocol::kExitFailed;
}

// The files, and what the command line puts above them.
LoadedConfig load(const CommandLine& line) {
  auto loaded = load_config(line.files);
  for (const auto& file : loaded.ignored) {
    log::warning("configuration file ignored file={}; only names that end with .yaml are read",
                 in_quotes(file.string()));
  }
  auto& config = loaded.config;
  if (line.database) {
    config.database.path = std::filesystem::absolute(*line.database);
    config.database.url.reset();
    loaded.origins["database.path"] = "--database";
  }
  if (line.log_level) {
    config.log.level = *line.log_level;
    loaded.origins["log.level"] = "--log-level";
  }
  return loaded;
}

// What the daemon reads at its start, and again when it is told to.
Config load_to_serve(const CommandLine& line) {
  auto config = load(line).config;
  read_token(config.control.http.token_file);  // a mistake in it is one of the configuration
  return config;
}

// The same file when the working directory has gone.
std::filesystem::path fixed(const std::filesystem::path& path) {
  if (path.empty()) return path;
  return std::filesystem::weakly_canonical(std::filesystem::absolute(path).parent_path()) /
         path.filename();
}

CommandLine with_fixed_paths(CommandLine line) {
  line.files.main = fixed(line.files.main);
  line.files.drop_ins = fixed(line.files.drop_ins);
  if (line.database) line.database = fixed(*line.database);
  return line;
}

// A mistake waits for a reload only where a socket from systemd can tell it; a PostgreSQL comes
// back by itself.
bool can_wait(const std::optional<Config>& config, const PassedSockets& passed) {
  return config ? config->database.url.has_value() : passed.control.has_value();
}

int serve(const CommandLine& given) {
  const auto ahead = read_zones_ahead();
  const auto line = with_fixed_paths(given);
  const auto read = [line] { return load_to_serve(line); };
  const auto passed = PassedSockets::take();
  const auto look = [](const Config& config) {
    if (!config.database.url) return;
    ChosenDatabase database(config);
    Candidacy::try_at_start(database.open(), *database.lease(), RealClock(), database.self());
  };
  std::optional<Config> config;
  for (;;) {
    try {
      if (!config) config = read();
      log::init(config->log.level, config->log.format);
      Daemon(*config, read, passed.duplicate()).run();
      return protocol::kExitDone;
    } catch (const Error& why) {
      if (!can_wait(config, passed)) throw;
      config = Unready(why, read, look, passed.duplicate(), std::move(config)).run();
    }
    if (!config) return protocol::kExitDone;
  }
}

int run(const CommandLine& line) {
  log::init(line.log_level.value_or(log::Level::kInfo), log::Format::kAuto);  // until it is known
  using Action = CommandLine::Action;
  if (line.action == Action::kHelp) return print(usage());
  if (line.action == Action::kVersion) {
    return print(std::string("nbasyncd ") + protocol::kVersion + "\n");
  }
  give_large_blocks_back();
  std::signal(SIGPIPE, SIG_IGN);
  for (const int signal : {SIGHUP, SIGUSR1, SIGUSR2}) Signals::hold(signal);
  if (line.action == Action::kServe) return serve(line);

  const auto loaded = load(line);
  const auto& config = loaded.config;
  if (line.action == Action::kCheckConfig) return protocol::kExitDone;
  if (line.action == Action::kDumpConfig) return print(dump_config(config, loaded.origins));
  log::init(config.log.level, config.log.format);
  if (line.action == Action::kDoctor) return doctor(config);
  if (line.action == Action::kCopyTo) {
    return copy_database(config, line.copy_url, CopyRun::Direction::kToServer);
  }
  if (line.action == Action::kCopyFrom) {
    return copy_database(config, line.copy_url, CopyRun::Direction::kToFile);
  }
  return sync_once(config, line.once_type);
}

}  // namespace
}  // namespace nbasync

int main(int argc, char** argv) {
  try {
    const int status = nbasync::run(nbasync::parse_command_line(argc, argv));
    nbasync::log::flush();
    return status;
  } catch (const nbasync::Error& error) {
    nbasync::log::last_words(std::string("nbasyncd: ") + error.what());
    return nbasync::protocol::names_of(error.code()).exit;
  } catch (const std::exception& error) {
    nbasync::log::last_words(std::string("nbasyncd: internal error: ") + error.what());
    return nbasync::protocol::kExitFailed;
  }
}
