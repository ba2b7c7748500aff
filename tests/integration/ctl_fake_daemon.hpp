#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "bus/variant.hpp"
#include "protocol/names.hpp"

namespace nbasync::testing {

// Our object on the bus, with answers made by the test; the calls are taken on a thread of the
// library's. Set the answers before the first call.
class FakeDaemon {
 public:
  using WaitResult = sdbus::Result<VariantMap>;

  nlohmann::json status = nlohmann::json::object();
  nlohmann::json run = nlohmann::json::object();
  std::optional<sdbus::Error> refusal;  // of Sync
  std::function<void(WaitResult&&)> on_wait = [this](WaitResult&& result) {
    result.returnResults(to_variants(run));
  };
  std::pair<std::string, VariantMap> synced;  // the last arguments of Sync
  std::pair<std::uint32_t, VariantMap> listed;

  FakeDaemon()
      : connection_(sdbus::createSessionBusConnection(protocol::kBusName)),
        object_(sdbus::createObject(*connection_, protocol::kObjectPath)) {
    const auto* interface = protocol::kInterface;
    object_->registerMethod("Sync").onInterface(interface).implementedAs(
        [this](const std::string& type, const VariantMap& options) {
          synced = {type, options};
          if (refusal) throw sdbus::Error(*refusal);
          return std::make_tuple(std::string("r1"), std::string("started"));
        });
    object_->registerMethod("Status").onInterface(interface).implementedAs(
        [this] { return to_variants(status); });
    object_->registerMethod("GetRun").onInterface(interface).implementedAs(
        [this](const std::string&) { return to_variants(run); });
    object_->registerMethod("ListRuns")
        .onInterface(interface)
        .implementedAs([this](const std::uint32_t& limit, const VariantMap& filter) {
          listed = {limit, filter};
          return std::vector<VariantMap>{to_variants(run)};
        });
    object_->registerMethod("Wait").onInterface(interface).implementedAs(
        [this](WaitResult&& result, const std::string&, const double&) {
          on_wait(std::move(result));
        });
    object_->registerProperty("Version").onInterface(interface).withGetter(
        [] { return std::string("9.9.9"); });
    for (const auto* name : {"SyncQueued", "SyncStarted"}) {
      object_->registerSignal(name)
          .onInterface(interface)
          .withParameters<std::string, std::string>();
    }
    object_->registerSignal("SyncProgress")
        .onInterface(interface)
        .withParameters<std::string, std::string, std::uint32_t>();
    object_->registerSignal("SyncFinished")
        .onInterface(interface)
        .withParameters<std::string, std::string, std::string, VariantMap>();
    object_->finishRegistration();
    connection_->enterEventLoopAsync();
  }

  FakeDaemon(const FakeDaemon&) = delete;
  FakeDaemon& operator=(const FakeDaemon&) = delete;
  ~FakeDaemon() { connection_->leaveEventLoop(); }  // its thread ends before what it writes to

  // Leaves the next Wait without an answer.
  void hold_wait() {
    on_wait = [this](WaitResult&& result) { held_.emplace(std::move(result)); };
  }

  // From a handler.
  template <typename... Arguments>
  void emit(const std::string& signal, const Arguments&... arguments) {
    object_->emitSignal(signal).onInterface(protocol::kInterface).withArguments(arguments...);
  }

 private:
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IObject> object_;
  std::optional<WaitResult> held_;  // goes before the connection that it points into
};

}  // namespace nbasync::testing
