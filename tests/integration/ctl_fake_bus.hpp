#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "bus/reply.hpp"
#include "bus/variant.hpp"
#include "ctl/transport/bus/bus_client.hpp"
#include "ctl_fake.hpp"
#include "dbus/sdbus.hpp"
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
    connection_ = sdbus::createSessionBusConnection(dbus::ServiceName(protocol::kBusName));
    object_ = sdbus::createObject(*connection_, dbus::ObjectPath(protocol::kObjectPath));
    publish();
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
      send("SyncFinished", id, type, data.value("status", ""), dictionary_of(data.at("run")));
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
      const std::string type = value.peekValueType();
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
      throw to_bus_error(error.code(), error.what());
    }
  }

  void publish() {
    dbus::Interface interface(*object_, protocol::kInterface);
    const auto method = [&](const std::string& name, auto function) {
      interface.add_method(name, function);
    };
    method("Sync", [this](const std::string& type, const VariantMap& options) {
      synced = to_json(options);
      synced["sync_type"] = type;
      note_on_bus("sync " + type);
      return std::make_tuple(std::string("r1"), std::string("started"));
    });
    method("Status", [this] { return dictionary_of(status); });
    method("GetRun", [this](const std::string&) { return dictionary_of(run); });
    method("ListRuns", [this](const std::uint32_t& limit, const VariantMap& filter) {
      listed = to_json(filter);
      listed["limit"] = limit;
      return std::vector{dictionary_of(run)};
    });
    method("Wait", [this](WaitResult&& result, const std::string&, const double&) {
      on_wait();
      if (hold_wait) {
        held_.emplace(std::move(result));
      } else {
        result.returnResults(dictionary_of(run));
      }
    });
    method("Cancel", [this](const std::string& id) { note_on_bus("cancel " + id); });
    method("Pause", [this] { note_on_bus("pause"); });
    method("Resume", [this] { note_on_bus("resume"); });
    method("Reload", [this] { note_on_bus("reload"); });
    method("Explain", [this](const std::string& name) {
      note_on_bus("explain " + name);
      return dictionary_of(explanation);
    });
    interface.add_constant("Version", [this] { return status.value("version", ""); });
    interface.add_signal<std::string, std::string>("SyncQueued");
    interface.add_signal<std::string, std::string>("SyncStarted");
    interface.add_signal<std::string, std::string, std::uint32_t>("SyncProgress");
    interface.add_signal<std::string, std::string, std::string, Dictionary>("SyncFinished");
    interface.publish();
  }

  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IObject> object_;
  std::optional<WaitResult> held_;
};

}  // namespace nbasync::testing
