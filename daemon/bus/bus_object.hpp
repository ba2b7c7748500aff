#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bus/authorizer.hpp"
#include "bus/manager_adaptor.hpp"
#include "bus/reply.hpp"
#include "bus/variant.hpp"
#include "dbus/sdbus.hpp"
#include "door/doors.hpp"
#include "sync/sync_service.hpp"

namespace nbasync {

// Translates the methods of the interface to the service and the doors. Thin: it decides
// nothing. Loop thread, but for its making.
class BusObject final : public sdbus::AdaptorInterfaces<org::nbasync::Sync1::Manager_adaptor> {
 public:
  // `owner` gives what keeps `connection` alive: each reply that is owed shares it.
  BusObject(sdbus::IConnection& connection, std::function<std::shared_ptr<void>()> owner,
            SyncService& service, const Doors& doors, Authorizer& authorizer);
  BusObject(const BusObject&) = delete;
  BusObject& operator=(const BusObject&) = delete;
  virtual ~BusObject();

  // Tells the bus what happened to a run, or that properties have changed.
  void emit(const SyncEvent& event);
  void changed(std::initializer_list<const char*> properties);

 private:
  template <typename... Results>
  Reply<Results...> reply_to(sdbus::Result<Results...>&& result) {
    return {owner_(), std::move(result)};
  }
  std::string sender();

  // Runs `function`, with who asks for it as text, once it is known that the caller may do this;
  // else refuses.
  template <typename... Results, typename Function>
  void authorized(Action action, bool interactive, const Reply<Results...>& reply,
                  Function function);

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

  std::string Version() override;
  bool SyncInProgress() override;
  std::string CurrentRun() override;
  uint32_t QueueLength() override;
  std::map<std::string, uint64_t> LastSuccess() override;
  bool Paused() override;

  std::function<std::shared_ptr<void>()> owner_;
  SyncService& service_;
  const Doors& doors_;
  Authorizer& authorizer_;
};

}  // namespace nbasync
