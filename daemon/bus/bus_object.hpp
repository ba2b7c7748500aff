#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bus/manager_object.hpp"
#include "door/doors.hpp"
#include "sync/sync_front.hpp"

namespace nbasync {

// Translates the methods of the interface to the service and the doors. Thin: it decides
// nothing. Loop thread, but for its making.
class BusObject final : public ManagerObject {
 public:
  // `outbox` keeps `connection` alive: each reply that is owed shares it.
  BusObject(sdbus::IConnection& connection, std::function<std::shared_ptr<Outbox>()> outbox,
            Authorizer& authorizer, SyncFront& service, const Doors& doors);

  void emit(const SyncEvent& event) override;

 private:
  void Sync(sdbus::Result<std::string, std::string>&& result, std::string type,
            VariantMap options) override;
  Dictionary Status() override;
  void Wait(sdbus::Result<Dictionary>&& result, std::string run_id, double timeout) override;
  void GetRun(sdbus::Result<Dictionary>&& result, std::string run_id) override;
  void ListRuns(sdbus::Result<std::vector<Dictionary>>&& result, uint32_t limit,
                VariantMap filter) override;
  void Cancel(sdbus::Result<>&& result, std::string run_id) override;
  void Pause(sdbus::Result<>&& result) override;
  void Resume(sdbus::Result<>&& result) override;
  void Reload(sdbus::Result<>&& result) override;
  void Explain(sdbus::Result<Dictionary>&& result, std::string schedule) override;
  void Changes(sdbus::Result<std::vector<Dictionary>, uint64_t>&& result, uint64_t since,
               uint32_t limit, VariantMap filter) override;

  void Doctor(sdbus::Result<std::vector<Dictionary>>&& result) override;
  void Backfill(sdbus::Result<uint32_t>&& result, std::string from, std::string to,
                VariantMap options) override;
  void StopBackfill(sdbus::Result<>&& result) override;

  std::string Version() override;
  bool SyncInProgress() override;
  std::string CurrentRun() override;
  uint32_t QueueLength() override;
  std::map<std::string, uint64_t> LastSuccess() override;
  bool Paused() override;

  SyncFront& service_;
  const Doors& doors_;
};

}  // namespace nbasync
