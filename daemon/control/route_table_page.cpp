#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "control/handlers.hpp"
#include "control/route_tables.hpp"

namespace nbasync::route_tables {
namespace {

using nlohmann::json;

// As embed.cmake has them.
constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr const char* kScript = "text/javascript; charset=utf-8";
constexpr const char* kStyle = "text/css; charset=utf-8";
constexpr const char* kPicture = "image/svg+xml; charset=utf-8";

constexpr unsigned kMostDays = 92;  // runs are kept for 90 unless told otherwise

json text() { return {{"type", "string"}}; }
json number() { return {{"type", "number"}}; }
json whole() { return {{"type", "integer"}}; }
json list_of(const json& items) { return {{"type", "array"}, {"items", items}}; }

// All of its keys are always there, and no others.
json object_of(const json& properties) {
  json required = json::array();
  for (const auto& [name, schema] : properties.items()) required.push_back(name);
  return {{"type", "object"},
          {"properties", properties},
          {"required", required},
          {"additionalProperties", false}};
}

json timeline_schema(json&) {
  const json cell = {{"type", {"string", "integer", "null"}}};
  const auto maybe = [](json schema) { return protocol::or_null(std::move(schema)); };
  return object_of({{"columns", list_of(text())},
                    {"runs", list_of(list_of(cell))},
                    {"more", {{"type", "boolean"}}},
                    {"decisions", list_of(object_of({{"at", text()},
                                                     {"schedule", maybe(text())},
                                                     {"sync_type", maybe(text())},
                                                     {"decision", text()},
                                                     {"reason", text()},
                                                     {"run_id", maybe(text())}}))}});
}

json activity_schema(json&) {
  const json changed = {{"type", "object"}, {"additionalProperties", whole()}};
  const auto day = object_of({{"day", {{"type", "string"}, {"format", "date"}}},
                              {"runs", whole()},
                              {"failed", whole()},
                              {"seconds_p50", number()},
                              {"seconds_max", number()},
                              {"wait_p50", number()},
                              {"wait_max", number()},
                              {"requests", whole()},
                              {"bytes_received", whole()},
                              {"changed", changed}});
  const auto dataset = object_of({{"name", text()},
                                  {"run_id", text()},
                                  {"completed_at", text()},
                                  {"records_synced", whole()},
                                  {"inserted_count", whole()},
                                  {"updated_count", whole()},
                                  {"deleted_count", whole()}});
  return object_of({{"days", list_of(day)}, {"datasets", list_of(dataset)}});
}

AnswerForm tagged(std::vector<MediaForm> media) {
  return {.media = std::move(media), .tagged = true};
}

}  // namespace

std::vector<Route> page_routes() {
  using P = Parameter;
  constexpr auto kRead = Access::kRead;
  return {
      make_route("GET", kPagePath, kRead,
                 "A page for people: what runs, waits, ran and changed, and what comes next.",
                 {{tagged({{kHtml, nullptr}})}},
                 [](Api&, const Call& call) { handle::get_page(call); }),
      make_route("GET", {kPageFolderPath, "the file's name"}, kRead, "A file of that page.",
                 {{tagged({{kScript, nullptr}, {kStyle, nullptr}, {kPicture, nullptr}})},
                  {problems::kNotFound}},
                 [](Api&, const Call& call) { handle::get_page_file(call); }),
      make_route("GET", "/api/v1/timeline", kRead,
                 "The runs of so many days in short rows, the oldest first, each in the order of "
                 "`columns`; and what was decided meanwhile that made no run. Of more than 40,000 "
                 "runs the newest, with `more` true.",
                 {{tagged({{media::kJson, timeline_schema}})}, storage_problems()},
                 handle::get_timeline, P::limit("days", 1, kMostDays, "so many up to now")),
      make_route("GET", "/api/v1/activity", kRead,
                 "What the runs of each day, by UTC, took and brought: medians and maxima in "
                 "seconds, changed rows by dataset; and each dataset's last success.",
                 {{tagged({{media::kJson, activity_schema}})}, storage_problems()},
                 handle::get_activity, P::limit("days", 30, kMostDays, "so many up to now")),
  };
}

}  // namespace nbasync::route_tables
