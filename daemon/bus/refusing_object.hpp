#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "bus/manager_object.hpp"
#include "door/doors.hpp"

namespace nbasync {

// The object of a daemon that cannot serve: each method answers with the reason, but Reload, which
// may end that. Properties tell of a daemon that does nothing. Loop thread, but for its making.
class RefusingObject final : public ManagerObject {
 public:
  // `doors` offers reload; both must outlive it.
  RefusingObject(sdbus::IConnection& connection, std::function<std::shared_ptr<Outbox>()> outbox,
                 Authorizer& authorizer, std::function<Error()> why, const Doors& doors)
      : ManagerObject(connection, std::move(outbox), authorizer),
        why_(std::move(why)),
        doors_(doors) {}

 private:
  template <typename... Results>
  void refuse(sdbus::Result<Results...>&& result) {
    const auto error = why_();
    reply_to(std::move(result)).refuse(error.code(), error.what());
  }

  void Sync(sdbus::Result<std::string, std::string>&& result, std::string, VariantMap) override {
    refuse(std::move(result));
  }
  Dictionary Status() override;
  void Wait(sdbus::Result<Dictionary>&& result, std::string, double) override {
    refuse(std::move(result));
  }
  void GetRun(sdbus::Result<Dictionary>&& result, std::string) override {
    refuse(std::move(result));
  }
  void ListRuns(sdbus::Result<std::vector<Dictionary>>&& result, uint32_t, VariantMap) override {
    refuse(std::move(result));
  }
  void Cancel(sdbus::Result<>&& result, std::string) override { refuse(std::move(result)); }
  void Pause(sdbus::Result<>&& result) override { refuse(std::move(result)); }
  void Resume(sdbus::Result<>&& result) override { refuse(std::move(result)); }
  void Reload(sdbus::Result<>&& result) override { reload(doors_, std::move(result)); }
  void Explain(sdbus::Result<Dictionary>&& result, std::string) override {
    refuse(std::move(result));
  }
  void Changes(sdbus::Result<std::vector<Dictionary>, uint64_t>&& result, uint64_t, uint32_t,
               VariantMap) override {
    refuse(std::move(result));
  }

  void Doctor(sdbus::Result<std::vector<Dictionary>>&& result) override {
    refuse(std::move(result));
  }
  void Backfill(sdbus::Result<uint32_t>&& result, std::string, std::string, VariantMap) override {
    refuse(std::move(result));
  }
  void StopBackfill(sdbus::Result<>&& result) override { refuse(std::move(result)); }

  std::string Version() override { return protocol::kVersion; }
  bool SyncInProgress() override { return false; }
  std::string CurrentRun() override { return {}; }
  uint32_t QueueLength() override { return 0; }
  std::map<std::string, uint64_t> LastSuccess() override { return {}; }
  bool Paused() override { return false; }

  std::function<Error()> why_;
  const Doors& doors_;
};

}  // namespace nbasync
