#include "bus/refusing_object.hpp"

#include <optional>

namespace nbasync {

MakeFace make_refusing_object(std::function<Error()> why, const Doors& doors) {
  return [why = std::move(why), &doors](sdbus::IConnection& connection,
                                        std::function<std::shared_ptr<void>()> owner,
                                        Authorizer& authorizer) {
    return std::make_unique<RefusingObject>(connection, std::move(owner), authorizer, why, doors);
  };
}

Dictionary RefusingObject::Status() {
  const auto error = why_();
  throw to_bus_error(error.code(), error.what());
}

void RefusingObject::Reload(sdbus::Result<>&& result) {
  const auto reply = reply_to(std::move(result));
  authorized(Action::kManage, false, reply, [this, reply](const std::string&) {
    doors_.reload([reply](const std::optional<Error>& error) {
      if (error) {
        reply.refuse(error->code(), error->what());
      } else {
        reply.give();
      }
    });
  });
}

}  // namespace nbasync
