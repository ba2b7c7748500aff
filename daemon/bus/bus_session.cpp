#include "bus/bus_session.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "base/log.hpp"
#include "bus/manager_adaptor.hpp"
#include "bus/sync_options.hpp"
#include "bus/variant.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

constexpr int kMessagesPerTurn = 64;  // then the rest of the loop has its turn
constexpr unsigned kDefaultRuns = 20;
constexpr unsigned kMostRuns = 1000;

sdbus::Error to_bus_error(Errc code, const std::string& message) {
  return {std::string(protocol::names_of(code).dbus), message};
}

const char* to_word(Disposition disposition) {
  switch (disposition) {
    case Disposition::kStarted:
      return "started";
    case Disposition::kQueued:
      return "queued";
    case Disposition::kJoined:
      return "joined";
    case Disposition::kDryRun:
      break;
  }
  return "dry-run";
}

// The reply that a method call is owed. Copyable, as std::function wants it; the bus may be gone by
// the time it is given.
template <typename... Results>
class Reply {
 public:
  Reply(std::shared_ptr<BusSession> session, sdbus::Result<Results...>&& result)
      : state_(std::make_shared<State>(State{std::move(session), std::move(result)})) {}

  void give(const Results&... results) const {
    send([&] { state_->result.returnResults(results...); });
  }
  void refuse(Errc code, const std::string& message) const {
    send([&] { state_->result.returnError(to_bus_error(code, message)); });
  }

  // The wall of a handler: sdbus-c++ 1.2 ends the process on anything but sdbus::Error.
  template <typename Function>
  void guard(Function function) const {
    try {
      function();
    } catch (const Error& error) {
      refuse(error.code(), error.what());
    } catch (const sdbus::Error& error) {
      refuse(Errc::kInvalidArgument, error.getMessage());
    } catch (const std::exception& error) {
      log::error("bus handler failed error={}", log::quoted(error.what()));
      refuse(Errc::kInternal, error.what());
    }
  }

 private:
  struct State {
    std::shared_ptr<BusSession> session;  // outlives the result
    sdbus::Result<Results...> result;
  };

  template <typename Function>
  static void send(Function function) {
    try {
      function();
    } catch (const sdbus::Error& error) {
      log::debug("bus reply lost error={}", log::quoted(error.getMessage()));
    }
  }

  std::shared_ptr<State> state_;
};

}  // namespace

// Translates the methods of the interface to the service. Thin: it decides nothing.
class BusSession::Object final
    : public sdbus::AdaptorInterfaces<org::nbasync::Sync1::Manager_adaptor> {
 public:
  Object(sdbus::IConnection& connection, BusSession& session, SyncService& service)
      : AdaptorInterfaces(connection, protocol::kObjectPath), session_(session), service_(service) {
    registerAdaptor();
  }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() { unregisterAdaptor(); }

  void changed(const std::vector<std::string>& properties) {
    getObject().emitPropertiesChangedSignal(INTERFACE_NAME, properties);
  }

 private:
  template <typename... Results>
  Reply<Results...> reply_to(sdbus::Result<Results...>&& result) {
    return {session_.shared_from_this(), std::move(result)};
  }

  static void give_run(const Reply<VariantMap>& reply, const RunReply& run) {
    reply.guard([&] {
      if (const auto* error = std::get_if<Error>(&run)) throw Error(*error);
      reply.give(to_variants(protocol::to_json(std::get<RunRecord>(run))));
    });
  }

  void Sync(sdbus::Result<std::string, std::string>&& result, std::string type,
            VariantMap options) override {
    const auto reply = reply_to(std::move(result));
    reply.guard([&] {
      auto request = to_sync_request(type, options);
      request.requester =
          format("dbus {}", getObject().getCurrentlyProcessedMessage()->getSender());
      const auto admission = service_.sync(std::move(request), nullptr);
      if (admission.refusal) throw Error(admission.refusal->code, admission.refusal->message);
      reply.give(admission.run_id, to_word(admission.disposition));
    });
  }

  VariantMap Status() override {
    try {
      auto status = to_variants(protocol::to_json(service_.status()));
      status.try_emplace("current_sync", VariantMap{});  // idle is told, not left out
      return status;
    } catch (const std::exception& error) {
      throw to_bus_error(Errc::kInternal, error.what());
    }
  }

  void Wait(sdbus::Result<VariantMap>&& result, std::string run_id, double timeout) override {
    const auto reply = reply_to(std::move(result));
    reply.guard([&] {
      if (!(timeout >= 0))
        throw Error(Errc::kInvalidArgument, "timeout: must be 0 or more seconds");
      std::optional<Duration> limit;
      if (timeout > 0 && timeout < 1e9) limit = Duration(std::llround(std::ceil(timeout * 1000)));
      service_.await_run(run_id, limit, [reply](const RunReply& run) { give_run(reply, run); });
    });
  }

  void GetRun(sdbus::Result<VariantMap>&& result, std::string run_id) override {
    const auto reply = reply_to(std::move(result));
    reply.guard(
        [&] { service_.find_run(run_id, [reply](const RunReply& run) { give_run(reply, run); }); });
  }

  void ListRuns(sdbus::Result<std::vector<VariantMap>>&& result, uint32_t limit,
                VariantMap filter) override {
    const auto reply = reply_to(std::move(result));
    reply.guard([&] {
      const unsigned wanted = limit == 0 ? kDefaultRuns : std::min<unsigned>(limit, kMostRuns);
      service_.list_runs(wanted, to_run_filter(filter), [reply](const RunsReply& runs) {
        reply.guard([&] {
          if (const auto* error = std::get_if<Error>(&runs)) throw Error(*error);
          std::vector<VariantMap> list;
          for (const auto& run : std::get<std::vector<RunRecord>>(runs)) {
            list.push_back(to_variants(protocol::to_json(run)));
          }
          reply.give(list);
        });
      });
    });
  }

  void Cancel(sdbus::Result<>&& result, std::string run_id) override {
    const auto reply = reply_to(std::move(result));
    reply.guard([&] {
      if (!service_.cancel(run_id)) {
        throw Error(Errc::kUnknownRun, format("no run '{}' waits or runs", run_id));
      }
      reply.give();
    });
  }

  std::string Version() override { return service_.status().version; }
  bool SyncInProgress() override { return service_.current() != nullptr; }
  std::string CurrentRun() override {
    const auto* job = service_.current();
    return job == nullptr ? std::string() : job->run_id;
  }
  uint32_t QueueLength() override { return static_cast<uint32_t>(service_.queue_length()); }
  std::map<std::string, uint64_t> LastSuccess() override {
    std::map<std::string, uint64_t> times;
    for (const auto& [type, time] : service_.last_success()) {
      const auto micros =
          std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch());
      times.emplace(type, static_cast<uint64_t>(micros.count()));
    }
    return times;
  }
  bool Paused() override { return service_.status().paused; }

  BusSession& session_;
  SyncService& service_;
};

BusSession::BusSession(BusKind kind, SyncService& service)
    : connection_(kind == BusKind::kSystem ? sdbus::createSystemBusConnection()
                                           : sdbus::createSessionBusConnection()),
      object_(std::make_unique<Object>(*connection_, *this, service)) {
  connection_->requestName(protocol::kBusName);
}

BusSession::~BusSession() = default;

void BusSession::step() {
  for (int count = 0; count < kMessagesPerTurn; ++count) {
    if (!connection_->processPendingRequest()) return;
  }
}

void BusSession::emit(const SyncEvent& event) {
  switch (event.kind) {
    case SyncEvent::Kind::kQueued:
      object_->emitSyncQueued(event.run_id, event.sync_type);
      object_->changed({"QueueLength"});
      break;
    case SyncEvent::Kind::kStarted:
      object_->emitSyncStarted(event.run_id, event.sync_type);
      object_->changed({"SyncInProgress", "CurrentRun", "QueueLength"});
      break;
    case SyncEvent::Kind::kProgress:
      object_->emitSyncProgress(event.run_id, event.step, event.percent);
      break;
    case SyncEvent::Kind::kFinished:
      object_->emitSyncFinished(event.run_id, event.sync_type,
                                std::string(to_string(event.run->status)),
                                to_variants(protocol::to_json(*event.run)));
      object_->changed({"SyncInProgress", "CurrentRun", "QueueLength", "LastSuccess"});
      break;
  }
}

}  // namespace nbasync
