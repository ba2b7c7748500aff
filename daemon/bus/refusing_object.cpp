#include "bus/refusing_object.hpp"

namespace nbasync {

MakeFace make_refusing_object(std::function<Error()> why, const Doors& doors) {
  return [why = std::move(why), &doors](sdbus::IConnection& connection,
                                        std::function<std::shared_ptr<Outbox>()> outbox,
                                        Authorizer& authorizer) {
    return std::make_unique<RefusingObject>(connection, std::move(outbox), authorizer, why, doors);
  };
}

Dictionary RefusingObject::Status() {
  const auto error = why_();
  throw to_bus_error(error.code(), error.what());
}

}  // namespace nbasync
