#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
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
      at_look_();
      std::vector<Unit> units;
      for (const auto& name : names) {
        const auto& [load, active, job] = states_[name];
        units.emplace_back(name, "", load, active, "", "", sdbus::ObjectPath("/"), job, "",
                           sdbus::ObjectPath("/"));
      }
      return units;
    });
    interface.add_method("RestartUnit", [this](const std::string& name, const std::string& mode) {
      const std::lock_guard lock(mutex_);
      if (!refusal_.empty()) {
        throw sdbus::Error(dbus::ErrorName("org.freedesktop.DBus.Error.AccessDenied"), refusal_);
      }
      restarted_.push_back(name + " " + mode);
      changed_.notify_all();
      return sdbus::ObjectPath("/org/freedesktop/systemd1/job/1");
    });
    interface.publish();
    bus_->enterEventLoopAsync();
  }
  ~StandInSystemd() { bus_->leaveEventLoop(); }
  StandInSystemd(const StandInSystemd&) = delete;
  StandInSystemd& operator=(const StandInSystemd&) = delete;

  // `job`: the id of what is about to be done with it; 0: nothing.
  void set(const std::string& unit, const std::string& load, const std::string& active,
           std::uint32_t job = 0) {
    const std::lock_guard lock(mutex_);
    states_[unit] = {load, active, job};
  }
  // Is called while somebody asks how units are, before the answer. On the stand-in's thread.
  void at_look(std::function<void()> does) {
    const std::lock_guard lock(mutex_);
    at_look_ = std::move(does);
  }
  // Nobody may start anything, with these words; empty: all may.
  void refuse(const std::string& why) {
    const std::lock_guard lock(mutex_);
    refusal_ = why;
  }

  // "UNIT MODE", in their order.
  std::vector<std::string> restarted() const {
    const std::lock_guard lock(mutex_);
    return restarted_;
  }
  bool wait_for_restarts(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30),
                             [&] { return restarted_.size() >= count; });
  }

 private:
  struct State {
    std::string load;
    std::string active;
    std::uint32_t job = 0;
  };

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::map<std::string, State> states_;
  std::string refusal_;
  std::function<void()> at_look_ = [] {};
  std::vector<std::string> restarted_;
  std::unique_ptr<sdbus::IConnection> bus_;
  std::unique_ptr<sdbus::IObject> object_;
};

}  // namespace nbasync::testing
