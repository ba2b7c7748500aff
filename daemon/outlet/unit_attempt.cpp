#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "base/format.hpp"
#include "base/scratch_file.hpp"
#include "dbus/units.hpp"
#include "outlet/hook_attempt.hpp"

namespace nbasync {
namespace {

namespace fs = std::filesystem;

// Others read what is in them: the umask of the daemon's unit does not count.
constexpr auto kOfDirectory = static_cast<fs::perms>(0755);
constexpr auto kOfFile = static_cast<fs::perms>(0644);

fs::path directory_of_calls() {
  const char* runtime = std::getenv("RUNTIME_DIRECTORY");
  const std::string_view named = runtime != nullptr ? runtime : "";
  return fs::path(named.empty() ? "/run/nbasync" : named.substr(0, named.find(':'))) / "hooks";
}

// Whoever opens the file has one call as a whole, the newest.
void write_call(const std::string& unit, const std::string& text) {
  const auto directory = directory_of_calls();
  std::error_code trouble;
  fs::create_directories(directory, trouble);
  fs::permissions(directory, kOfDirectory, trouble);
  const auto name = unit.substr(0, unit.size() - HookOptions::kUnitEnd.size());
  const auto path = directory / (name + ".json");
  const auto part = directory / format(".{}.part", name);
  std::ofstream file(part, std::ios::binary | std::ios::trunc);
  file << text << '\n' << std::flush;
  if (!file) throw_of_file(part.string(), errno);
  file.close();
  fs::permissions(part, kOfFile, trouble);
  if (std::rename(part.c_str(), path.c_str()) != 0) throw_of_file(path.string(), errno);
}

bool is_at_work(const std::string& active) {
  constexpr auto kStates = std::to_array<std::string_view>(
      {"active", "activating", "deactivating", "reloading", "refreshing"});
  return std::ranges::find(kStates, active) != kStates.end();
}

}  // namespace

HookAnswer start_unit(const HookOptions& hook, const std::string& text) {
  using End = HookAnswer::End;
  const auto& unit = *hook.unit;
  try {
    const auto bus = sdbus::createSystemBusConnection();
    bus->setMethodCallTimeout(hook.timeout);
    const auto state = dbus::unit_states(*bus, {unit}).at(0);
    if (state.load == "not-found") {
      return {End::kRefused, format("systemd does not know {}; put the unit into "
                                    "/etc/systemd/system and run systemctl daemon-reload",
                                    unit)};
    }
    if (is_at_work(state.active)) {
      return {End::kBusy,
              format("{} is {}: it is started again after its end", unit, state.active)};
    }
    write_call(unit, text);
    dbus::restart_unit(*bus, unit);
  } catch (const sdbus::Error& error) {
    return {End::kFailed, format("{}: {}", unit, error.getMessage())};
  }
  return {};
}

}  // namespace nbasync
