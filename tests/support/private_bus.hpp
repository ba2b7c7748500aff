#pragma once

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "support/process.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A dbus-daemon of this test's own, and the session bus of this process and its children from now
// on. It can be killed and started again at the same address.
class PrivateBus {
 public:
  PrivateBus() {
    ::setenv("DBUS_SESSION_BUS_ADDRESS", address_.c_str(), 1);
    start();
  }

  void start() {
    daemon_ = std::make_unique<Process>(
        std::vector<std::string>{"dbus-daemon", "--session", "--nofork", "--nopidfile",
                                 "--address=" + address_, "--print-address"});
    if (!daemon_->wait_for("unix:path="))
      throw std::runtime_error("dbus-daemon: " + daemon_->err());
  }
  void kill() {
    daemon_.reset();
    std::filesystem::remove(path_);  // a killed dbus-daemon leaves its socket behind
  }

  const std::string& address() const { return address_; }

 private:
  TemporaryDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "bus";
  std::string address_ = "unix:path=" + path_.string();
  std::unique_ptr<Process> daemon_;
};

}  // namespace nbasync::testing
