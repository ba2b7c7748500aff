#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bus/bus_face.hpp"
#include "bus/manager_adaptor.hpp"
#include "bus/reply.hpp"
#include "bus/variant.hpp"
#include "door/doors.hpp"
#include "protocol/names.hpp"

namespace nbasync {

// The interface at our path, with what all that implement it have in common: replies that are given
// later, and who may. Loop thread, but for its making.
class ManagerObject : public sdbus::AdaptorInterfaces<org::nbasync::Sync1::Manager_adaptor>,
                      public BusFace {
 public:
  ManagerObject(const ManagerObject&) = delete;
  ManagerObject& operator=(const ManagerObject&) = delete;
  ~ManagerObject() override { unregisterAdaptor(); }

  void emit(const SyncEvent&) override {}
  void changed(std::initializer_list<const char*> properties) override {
    getObject().emitPropertiesChangedSignal(
        INTERFACE_NAME, std::vector<dbus::PropertyName>(properties.begin(), properties.end()));
  }
  void backfill_progress(std::uint32_t done, std::uint32_t of, const std::string& season) override {
    emitBackfillProgress(done, of, season);
  }

 protected:
  ManagerObject(sdbus::IConnection& connection, std::function<std::shared_ptr<Outbox>()> outbox,
                Authorizer& authorizer)
      : AdaptorInterfaces(connection, dbus::ObjectPath(protocol::kObjectPath)),
        outbox_(std::move(outbox)),
        authorizer_(authorizer) {
    registerAdaptor();
  }

  template <typename... Results>
  Reply<Results...> reply_to(sdbus::Result<Results...>&& result) {
    return {outbox_(), std::move(result)};
  }

  // Runs `function`, with who asks for it as text, once it is known that the caller may do this;
  // else refuses.
  template <typename... Results, typename Function>
  void authorized(Action action, bool interactive, const Reply<Results...>& reply,
                  Function function) {
    const auto caller = dbus::sender_of_call(getObject());
    reply.guard([&] {
      authorizer_.check(caller, action, interactive,
                        [reply, function = std::move(function),
                         by = "dbus " + caller](const std::optional<Error>& refusal) mutable {
                          reply.guard([&] {
                            if (refusal) throw Error(*refusal);
                            function(by);
                          });
                        });
    });
  }

  // Reload, which is answered when the door has done it.
  void reload(const Doors& doors, sdbus::Result<>&& result) {
    const auto reply = reply_to(std::move(result));
    authorized(Action::kManage, false, reply, [&doors, reply](const std::string&) {
      doors.reload([reply](const std::optional<Error>& error) {
        if (error) {
          reply.refuse(error->code(), error->what());
        } else {
          reply.give();
        }
      });
    });
  }

 private:
  std::function<std::shared_ptr<Outbox>()> outbox_;
  Authorizer& authorizer_;
};

}  // namespace nbasync
