#include <vector>

#include <nlohmann/json.hpp>

#include "control/handlers.hpp"
#include "control/route_tables.hpp"
#include "model/sync_event.hpp"
#include "protocol/diagnosis.hpp"

namespace nbasync::route_tables {
namespace {

nlohmann::json document_schema(nlohmann::json&) { return {{"type", "object"}}; }

}  // namespace

std::vector<Route> watch_routes() {
  const AnswerForm events{.media = {{media::kEvents, protocol::schema_of<SyncEvent>}},
                          .headers = {{"Cache-Control", "no-store"}}};
  return {
      make_route("GET", "/api/v1/events", Access::kRead,
                 "Server-Sent Events: queued, started, progress, finished, changes. Each has an id "
                 "and its data as JSON; the last 256 are kept.",
                 {{events}}, handle::get_events,
                 Parameter::number("Last-Event-ID",
                                   "the last event that was seen: those after it come first")
                     .in_header()),
      make_route("GET", "/api/v1/doctor", Access::kRead,
                 "What does not fit in the stored data and the installation, with what helps.",
                 {{json_answer<protocol::Diagnosis>()}}, handle::get_doctor),
      make_route("GET", kOpenapiPath, Access::kRead, "This document.",
                 {{{.media = {{media::kJson, document_schema}}, .tagged = true}}},
                 static_cast<void (*)(Api&, const Call&)>(handle::get_openapi)),
      make_route("GET", kHealthPath, Access::kRead, "Whether the daemon answers.",
                 {{text_answer(media::kText)}}, handle::get_health),
      make_route("GET", "/readyz", Access::kRead, "Whether the database can be read.",
                 {{text_answer(media::kText)}, {problems::kUnreadable}}, handle::get_readiness),
      make_route("GET", kMetricsPath, Access::kRead, "Figures for Prometheus.",
                 {{text_answer(media::kMetrics)}}, handle::get_metrics),
  };
}

}  // namespace nbasync::route_tables
