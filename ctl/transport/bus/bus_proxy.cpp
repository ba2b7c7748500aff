#include "ctl/transport/bus/bus_proxy.hpp"

#include <cstdint>
#include <limits>
#include <utility>

#include "base/format.hpp"
#include "protocol/json.hpp"
#include "protocol/names.hpp"

namespace nbasync::ctl {

BusProxy::BusProxy(sdbus::IConnection& connection)
    : ProxyInterfaces(connection, dbus::ServiceName(protocol::kBusName),
                      dbus::ObjectPath(protocol::kObjectPath)),
      connection_(connection) {}

BusProxy::~BusProxy() { unregisterProxy(); }

JsonDict BusProxy::Status() {
  JsonDict status;
  getProxy().callMethod("Status").onInterface(protocol::kInterface).storeResultsTo(status);
  return status;
}

JsonDict BusProxy::GetRun(const std::string& run_id) {
  JsonDict run;
  getProxy()
      .callMethod("GetRun")
      .onInterface(protocol::kInterface)
      .withArguments(run_id)
      .storeResultsTo(run);
  return run;
}

std::vector<JsonDict> BusProxy::ListRuns(std::uint32_t limit, const Dict& filter) {
  std::vector<JsonDict> runs;
  getProxy()
      .callMethod("ListRuns")
      .onInterface(protocol::kInterface)
      .withArguments(limit, filter)
      .storeResultsTo(runs);
  return runs;
}

JsonDict BusProxy::Explain(const std::string& schedule) {
  JsonDict explanation;
  getProxy()
      .callMethod("Explain")
      .onInterface(protocol::kInterface)
      .withArguments(schedule)
      .storeResultsTo(explanation);
  return explanation;
}

std::pair<std::vector<JsonDict>, std::uint64_t> BusProxy::Changes(std::uint64_t since,
                                                                  std::uint32_t limit,
                                                                  const Dict& filter) {
  std::vector<JsonDict> changes;
  std::uint64_t last_seq = 0;
  getProxy()
      .callMethod("Changes")
      .onInterface(protocol::kInterface)
      .withArguments(since, limit, filter)
      .storeResultsTo(changes, last_seq);
  return {std::move(changes), last_seq};
}

std::vector<JsonDict> BusProxy::Doctor() {
  std::vector<JsonDict> checks;
  getProxy().callMethod("Doctor").onInterface(protocol::kInterface).storeResultsTo(checks);
  return checks;
}

void BusProxy::subscribe() {
  if (owner_watch_) return;
  registerProxy();
  owner_watch_ = dbus::add_match(
      connection_,
      format("type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
             "member='NameOwnerChanged',arg0='{}'",
             protocol::kBusName),
      [this](sdbus::Message& message) {
        std::string name, before, now;
        message >> name >> before >> now;
        gone_ = now.empty();
      });
}

std::optional<Event> BusProxy::next_event() {
  if (events_.empty()) return std::nullopt;
  auto event = std::move(events_.front());
  events_.pop_front();
  return event;
}

void BusProxy::start_waiting(const std::string& run_id) {
  constexpr auto kNoLimit = std::numeric_limits<std::uint64_t>::max();
  getProxy()
      .callMethodAsync("Wait")
      .onInterface(protocol::kInterface)
      .withTimeout(kNoLimit)
      .withArguments(run_id, 0.0)
      .uponReplyInvoke([this](dbus::MaybeError error, const JsonDict& run) {
        if (error) {
          failure_ = *error;
        } else {
          ended_ = run;
        }
      });
}

std::optional<JsonDict> BusProxy::take_ended() {
  if (failure_) throw *std::exchange(failure_, std::nullopt);
  return std::exchange(ended_, std::nullopt);
}

void BusProxy::check_alive() const {
  if (gone_) {
    throw sdbus::Error(dbus::ErrorName("org.freedesktop.DBus.Error.NameHasNoOwner"),
                       "the daemon has left the bus");
  }
}

void BusProxy::keep(const SyncEvent& event) {
  events_.push_back(event_of(std::string(to_string(event.kind)), protocol::to_json(event)));
}

void BusProxy::onSyncQueued(const std::string& run_id, const std::string& type) {
  keep({.kind = SyncEvent::Kind::kQueued, .run_id = run_id, .sync_type = type});
}

void BusProxy::onSyncStarted(const std::string& run_id, const std::string& type) {
  keep({.kind = SyncEvent::Kind::kStarted, .run_id = run_id, .sync_type = type});
}

void BusProxy::onSyncProgress(const std::string& run_id, const std::string& step,
                              const std::uint32_t& percent) {
  keep({.kind = SyncEvent::Kind::kProgress, .run_id = run_id, .step = step, .percent = percent});
}

void BusProxy::onSyncFinished(const std::string&, const std::string&, const std::string&,
                              const Dict& run) {
  events_.push_back(finished_event(answer_of<RunRecord>(sdbus::Variant(run).get<JsonDict>())));
}

void BusProxy::onDataChanged(const std::string& table, const std::uint64_t& first_seq,
                             const std::uint64_t& last_seq, const std::uint32_t& inserted,
                             const std::uint32_t& updated, const std::uint32_t& deleted) {
  keep({.kind = SyncEvent::Kind::kChanges,
        .run_id = {},
        .table = table,
        .first_seq = static_cast<std::int64_t>(first_seq),
        .last_seq = static_cast<std::int64_t>(last_seq),
        .inserted = inserted,
        .updated = updated,
        .deleted = deleted});
}

}  // namespace nbasync::ctl
