#include "ctl/transport/event.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "protocol/json.hpp"

namespace nbasync::ctl {

Event event_of(std::string name, nlohmann::json data) {
  return {std::move(name), answer_of<SyncEvent>(std::move(data))};
}

Answer<RunRecord> run_of(const Event& event) {
  return {*event.told->run, part_of(event.told, &SyncEvent::run).json};
}

Event finished_event(const Answer<RunRecord>& run) {
  SyncEvent event{.run_id = run->run_id, .sync_type = run->sync_type};
  event.run = std::make_shared<const RunRecord>(run.value);
  auto json = protocol::to_json(event);
  json["run"] = *run.json;  // with all that it has
  return {std::string(to_string(SyncEvent::Kind::kFinished)),
          {std::move(event), std::make_shared<const nlohmann::json>(std::move(json))}};
}

}  // namespace nbasync::ctl
