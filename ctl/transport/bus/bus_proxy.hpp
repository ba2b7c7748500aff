#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ctl/transport/bus/bus_json.hpp"
#include "ctl/transport/client.hpp"
#include "dbus/sdbus.hpp"
#include "manager_proxy.hpp"

namespace nbasync::ctl {

// The daemon's object on the bus: the generated calls, and its signals as a queue of events. One
// thread; everything throws sdbus::Error.
class BusProxy final : public sdbus::ProxyInterfaces<org::nbasync::Sync1::Manager_proxy> {
 public:
  // `connection` must outlive it, and nobody may run its event loop.
  explicit BusProxy(sdbus::IConnection& connection);
  virtual ~BusProxy();

  // The calls that answer with runs; they hide the generated ones.
  JsonDict Status();
  JsonDict GetRun(const std::string& run_id);
  std::vector<JsonDict> ListRuns(std::uint32_t limit, const Dict& filter);

  JsonDict Explain(const std::string& schedule);
  std::pair<std::vector<JsonDict>, std::uint64_t> Changes(std::uint64_t since, std::uint32_t limit,
                                                          const Dict& filter);

  std::vector<JsonDict> Doctor();

  // Asks the bus for the daemon's signals, and to be told when the daemon goes. Once is enough.
  void subscribe();
  std::optional<Event> next_event();

  // Calls Wait without a limit. take_ended() then gives the run once it has ended, or throws.
  void start_waiting(const std::string& run_id);
  std::optional<JsonDict> take_ended();

  // Throws if the daemon has left the bus.
  void check_alive() const;

 private:
  void keep(const SyncEvent& event);
  void onSyncQueued(const std::string& run_id, const std::string& type) override;
  void onSyncStarted(const std::string& run_id, const std::string& type) override;
  void onSyncProgress(const std::string& run_id, const std::string& step,
                      const std::uint32_t& percent) override;
  void onSyncFinished(const std::string& run_id, const std::string& type, const std::string& status,
                      const Dict& run) override;
  void onDataChanged(const std::string& table, const std::uint64_t& first_seq,
                     const std::uint64_t& last_seq, const std::uint32_t& inserted,
                     const std::uint32_t& updated, const std::uint32_t& deleted) override;
  // The status tells it.
  void onBackfillProgress(const std::uint32_t&, const std::uint32_t&, const std::string&) override {
  }

  sdbus::IConnection& connection_;
  sdbus::Slot owner_watch_;
  std::deque<Event> events_;
  std::optional<JsonDict> ended_;
  std::optional<sdbus::Error> failure_;
  bool gone_ = false;
};

}  // namespace nbasync::ctl
