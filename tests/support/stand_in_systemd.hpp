#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "dbus/sdbus.hpp"

namespace nbasync::testing {

// A service manager that knows the units that the test says, on the session bus or the system bus
// of the test's own. Any thread.
class StandInSystemd {
 public:
  // As ListUnitsByNames gives it.
  using Unit =
      sdbus::Struct<std::string, std::string, std::string, std::string, std::string, std::string,
                    sdbus::ObjectPath, std::uint32_t, std::string, sdbus::ObjectPath>;

  explicit StandInSystemd(std::unique_ptr<sdbus::IConnection> bus)
      : bus_(std::move(bus)),
        object_(sdbus::createObject(*bus_, sdbus::ObjectPath("/org/freedesktop/systemd1"))) {
    bus_->requestName(dbus::ServiceName("org.freedesktop.systemd1"));
    dbus::Interface interface(*object_, "org.freedesktop.systemd1.Manager");
    interface.add_method("ListUnitsByNames", [this](const std::vector<std::string>& names) {
      const std::lock_guard lock(mutex_);
      std::vector<Unit> units;
      for (const auto& name : names) {
        const auto& [load, active] = states_[name];
        units.emplace_back(name, "", load, active, "", "", sdbus::ObjectPath("/"), 0, "",
                           sdbus::ObjectPath("/"));
      }
      return units;
    });
    interface.add_method("StartUnit", [this](const std::string& name, const std::string& mode) {
      const std::lock_guard lock(mutex_);
      if (!refusal_.empty()) {
        throw sdbus::Error(dbus::ErrorName("org.freedesktop.DBus.Error.AccessDenied"), refusal_);
      }
      started_.push_back(name + " " + mode);
      changed_.notify_all();
      return sdbus::ObjectPath("/org/freedesktop/systemd1/job/1");
    });
    interface.publish();
    bus_->enterEventLoopAsync();
  }
  ~StandInSystemd() { bus_->leaveEventLoop(); }
  StandInSystemd(const StandInSystemd&) = delete;
  StandInSystemd& operator=(const StandInSystemd&) = delete;

  void set(const std::string& unit, const std::string& load, const std::string& active) {
    const std::lock_guard lock(mutex_);
    states_[unit] = {load, active};
  }
  // Nobody may start anything, with these words; empty: all may.
  void refuse(const std::string& why) {
    const std::lock_guard lock(mutex_);
    refusal_ = why;
  }

  // "UNIT MODE", in their order.
  std::vector<std::string> started() const {
    const std::lock_guard lock(mutex_);
    return started_;
  }
  bool wait_for_starts(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30),
                             [&] { return started_.size() >= count; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::map<std::string, std::pair<std::string, std::string>> states_;  // load and active
  std::string refusal_;
  std::vector<std::string> started_;
  std::unique_ptr<sdbus::IConnection> bus_;
  std::unique_ptr<sdbus::IObject> object_;
};

}  // namespace nbasync::testing
