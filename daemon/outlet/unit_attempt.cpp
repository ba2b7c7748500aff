#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.hpp"
#include "base/format.hpp"
#include "dbus/units.hpp"
#include "outlet/call_file.hpp"
#include "outlet/hook_attempt.hpp"

namespace nbasync {
namespace {

// What is left of a try; one deadline for all that it asks of the bus.
class Rest {
 public:
  Rest(const HookOptions& hook, const std::stop_token& stop) : hook_(hook), stop_(stop) {}

  // Why the try ends here.
  std::optional<HookAnswer> end() const {
    if (stop_.stop_requested()) return HookAnswer{HookAnswer::End::kFailed, "it was broken off"};
    if (left() > Duration(0)) return std::nullopt;
    return HookAnswer{HookAnswer::End::kFailed,
                      format("{}: the system bus took longer than {}", *hook_.unit,
                             format_duration(hook_.timeout))};
  }

  // Of the next call.
  void bound(sdbus::IConnection& bus) const {
    bus.setMethodCallTimeout(std::max(left(), Duration(1)));
  }

 private:
  Duration left() const {
    const auto past = std::chrono::steady_clock::now() - begun_;
    return hook_.timeout - std::chrono::duration_cast<Duration>(past);
  }

  const HookOptions& hook_;
  const std::stop_token& stop_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

bool is_at_work(const std::string& active) {
  constexpr auto kStates = std::to_array<std::string_view>(
      {"active", "activating", "deactivating", "reloading", "refreshing"});
  return std::ranges::find(kStates, active) != kStates.end();
}

// Why the unit is not to be started now.
std::optional<HookAnswer> objection(const dbus::UnitState& unit) {
  if (unit.load == "not-found") {
    return HookAnswer{HookAnswer::End::kRefused,
                      format("systemd does not know {}; put the unit into /etc/systemd/system and "
                             "run systemctl daemon-reload",
                             unit.name)};
  }
  if (!is_at_work(unit.active) && !unit.has_job) return std::nullopt;
  return HookAnswer{
      HookAnswer::End::kBusy,
      format("{} is {}: it is started again after its end", unit.name,
             is_at_work(unit.active) ? unit.active : "about to be started or stopped")};
}

}  // namespace

HookAnswer start_unit(const HookOptions& hook, const std::string& text,
                      const std::stop_token& stop) {
  const auto& unit = *hook.unit;
  const Rest rest(hook, stop);
  try {
    const auto bus = sdbus::createSystemBusConnection();
    if (const auto end = rest.end()) return *end;
    rest.bound(*bus);
    if (const auto why = objection(dbus::unit_states(*bus, {unit}).at(0))) return *why;
    if (const auto end = rest.end()) return *end;
    write_call(unit, text);
    if (const auto end = rest.end()) return *end;
    rest.bound(*bus);
    dbus::restart_unit(*bus, unit);
  } catch (const sdbus::Error& error) {
    return {HookAnswer::End::kFailed, format("{}: {}", unit, error.getMessage())};
  }
  return {};
}

}  // namespace nbasync
