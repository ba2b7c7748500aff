#include "bus/log_control.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/format.hpp"
#include "base/text.hpp"
#include "bus/reply.hpp"
#include "log/log.hpp"

namespace nbasync {
namespace {

struct Word {
  std::string_view name;  // of syslog(3)
  log::Level level;
};

// Ours are four. Of the words for one level, the first is the one that is read back.
constexpr auto kWords = std::to_array<Word>({
    {"err", log::Level::kError},
    {"crit", log::Level::kError},
    {"alert", log::Level::kError},
    {"emerg", log::Level::kError},
    {"warning", log::Level::kWarning},
    {"info", log::Level::kInfo},
    {"notice", log::Level::kInfo},
    {"debug", log::Level::kDebug},
});

std::string level() {
  return std::string(std::ranges::find(kWords, log::level(), &Word::level)->name);
}

void set_level(const std::string& name) {
  const auto* word = std::ranges::find(kWords, name, &Word::name);
  if (word == kWords.end()) {
    throw to_bus_error(Errc::kInvalidArgument,
                       format("LogLevel '{}' is none of emerg, alert, crit, err, warning, notice, "
                              "info, debug",
                              excerpt(name)));
  }
  log::set_level(word->level);
  log::info("log level set level={}", log::to_string(word->level));
}

std::string target() { return log::to_journal() ? "journal" : "console"; }

void set_target(const std::string& name) {
  if (name == target() || name == "auto") return;
  throw to_bus_error(
      Errc::kInvalidArgument,
      format("LogTarget '{}': the log goes to standard error, here {}, and nowhere else",
             excerpt(name), target()));
}

}  // namespace

LogControl::LogControl(sdbus::IConnection& connection)
    : object_(sdbus::createObject(connection, dbus::ObjectPath("/org/freedesktop/LogControl1"))) {
  dbus::Interface interface(*object_, "org.freedesktop.LogControl1");
  interface.add_privileged("LogLevel", level, set_level);
  interface.add_privileged("LogTarget", target, set_target);
  interface.add_constant("SyslogIdentifier", [] { return std::string("nbasyncd"); });
  interface.publish();
}

}  // namespace nbasync
