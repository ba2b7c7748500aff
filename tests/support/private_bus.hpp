#pragma once

#include <stdlib.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include "support/process.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A dbus-daemon of this test's own, and the session bus, or the system bus, of this process and its
// children from now on. It can be killed and started again at the same address. As a system bus it
// takes every user and lets all send and own what they like: what is refused, the daemon refuses.
class PrivateBus {
 public:
  enum class Kind { kSession, kSystem };

  explicit PrivateBus(Kind kind = Kind::kSession) : kind_(kind) {
    ::setenv(kind == Kind::kSession ? "DBUS_SESSION_BUS_ADDRESS" : "DBUS_SYSTEM_BUS_ADDRESS",
             address_.c_str(), 1);
    if (kind == Kind::kSystem) {
      std::filesystem::permissions(directory_.path(), std::filesystem::perms{0755});
      std::ofstream(configuration_)
          << "<busconfig><type>system</type><listen>" << address_ << "</listen>"
          << "<policy context=\"default\"><allow user=\"*\"/><allow own=\"*\"/>"
          << "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
          << "</policy></busconfig>\n";
    }
    start();
  }

  void start() {
    const auto which =
        kind_ == Kind::kSession ? "--session" : "--config-file=" + configuration_.string();
    // It would tell the test's service manager, too, and stand still when nobody reads.
    daemon_ = std::make_unique<Process>(
        std::vector<std::string>{"env", "-u", "NOTIFY_SOCKET", "dbus-daemon", which, "--nofork",
                                 "--nopidfile", "--address=" + address_, "--print-address"});
    if (!daemon_->wait_for("unix:path="))
      throw std::runtime_error("dbus-daemon: " + daemon_->err());
  }
  void kill() {
    daemon_.reset();
    std::filesystem::remove(path_);  // a killed dbus-daemon leaves its socket behind
  }

  // It takes connections and bytes all the same, as long as the system has room for them.
  void freeze() const { daemon_->signal(SIGSTOP); }
  void thaw() const { daemon_->signal(SIGCONT); }

  const std::string& address() const { return address_; }

 private:
  Kind kind_;
  TemporaryDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "bus";
  std::filesystem::path configuration_ = directory_.path() / "bus.conf";
  std::string address_ = "unix:path=" + path_.string();
  std::unique_ptr<Process> daemon_;
};

}  // namespace nbasync::testing
