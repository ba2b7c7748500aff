#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "bus/variant.hpp"
#include "ctl/transport/bus/bus_client.hpp"
#include "ctl_fake.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"
#include "support/private_bus.hpp"

namespace nbasync::testing {

// The fake as our object on a bus of the test's; calls are taken on a thread of the library's.
class CtlFakeBus final : public CtlFake {
 public:
  ~CtlFakeBus() override { leave(); }

  std::unique_ptr<ctl::Client> make_client() override {
    return ctl::make_bus_client(ctl::Bus::kSession);
  }

  void come() override {
    connection_ = sdbus::createSessionBusConnection(protocol::kBusName);
    object_ = sdbus::createObject(*connection_, protocol::kObjectPath);
    register_methods();
    register_signals();
    object_->finishRegistration();
    connection_->enterEventLoopAsync();
  }
  void go() override { leave(); }

  void emit(const std::string& event, const nlohmann::json& data) override {
    const auto id = data.value("run_id", ""), type = data.value("sync_type", "");
    if (event == "queued") send("SyncQueued", id, type);
    if (event == "started") send("SyncStarted", id, type);
    if (event == "progress") {
      send("SyncProgress", id, data.value("step", ""), data.value("percent", std::uint32_t{}));
    }
    if (event == "finished") {
      send("SyncFinished", id, type, data.value("status", ""), Dictionary{data.at("run")});
    }
  }

  PrivateBus bus;

 private:
  using WaitResult = sdbus::Result<Dictionary>;

  void leave() {
    if (connection_) connection_->leaveEventLoop();  // its thread ends before what it writes to
    held_.reset();                                   // and this before what it points into
    object_.reset();
    connection_.reset();
  }

  template <typename... Arguments>
  void send(const std::string& signal, const Arguments&... arguments) {
    object_->emitSignal(signal).onInterface(protocol::kInterface).withArguments(arguments...);
  }

  static nlohmann::json to_json(const VariantMap& options) {
    auto object = nlohmann::json::object();
    for (const auto& [key, value] : options) {
      const auto type = value.peekValueType();
      if (type == "s") object[key] = value.get<std::string>();
      if (type == "b") object[key] = value.get<bool>();
      if (type == "d") object[key] = value.get<double>();
    }
    return object;
  }

  void note_on_bus(const std::string& call) {
    try {
      note(call);
    } catch (const Error& error) {
      throw sdbus::Error(std::string(protocol::names_of(error.code()).dbus), error.what());
    }
  }

  void register_methods() {
    const auto method = [this](const std::string& name, auto function) {
      object_->registerMethod(name).onInterface(protocol::kInterface).implementedAs(function);
    };
    method("Sync", [this](const std::string& type, const VariantMap& options) {
      synced = to_json(options);
      synced["sync_type"] = type;
      note_on_bus("sync " + type);
      return std::make_tuple(std::string("r1"), std::string("started"));
    });
    method("Status", [this] { return Dictionary{status}; });
    method("GetRun", [this](const std::string&) { return Dictionary{run}; });
    method("ListRuns", [this](const std::uint32_t& limit, const VariantMap& filter) {
      listed = to_json(filter);
      listed["limit"] = limit;
      return std::vector<Dictionary>{{run}};
    });
    method("Wait", [this](WaitResult&& result, const std::string&, const double&) {
      on_wait();
      if (hold_wait) {
        held_.emplace(std::move(result));
      } else {
        result.returnResults(Dictionary{run});
      }
    });
    method("Cancel", [this](const std::string& id) { note_on_bus("cancel " + id); });
    method("Pause", [this] { note_on_bus("pause"); });
    method("Resume", [this] { note_on_bus("resume"); });
    method("Reload", [this] { note_on_bus("reload"); });
    method("Explain", [this](const std::string& name) {
      note_on_bus("explain " + name);
      return Dictionary{explanation};
    });
    object_->registerProperty("Version").onInterface(protocol::kInterface).withGetter([this] {
      return status.value("version", "");
    });
  }

  void register_signals() {
    const auto* interface = protocol::kInterface;
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
        .withParameters<std::string, std::string, std::string, Dictionary>();
  }

  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IObject> object_;
  std::optional<WaitResult> held_;
};

}  // namespace nbasync::testing
