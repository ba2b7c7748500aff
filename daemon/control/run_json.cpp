#include "control/run_json.hpp"

#include <nlohmann/json.hpp>

#include "protocol/changes.hpp"
#include "protocol/status.hpp"

namespace nbasync {

nlohmann::json run_json(const RunRecord& run) {
  auto object = protocol::to_json(run);
  if (run.changes) protocol::add_changes(object, *run.changes);
  return object;
}

}  // namespace nbasync
