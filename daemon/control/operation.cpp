#include "control/operation.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "base/text.hpp"
#include "model/sync_event.hpp"
#include "protocol/schema.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

// "get_api_v1_runs_name".
std::string id_of(const Route& route) {
  auto id = lower(route.method);
  for (const char c : route.path.path) {
    if (c == '/' || c == '-' || c == '.') {
      if (id.back() != '_') id += '_';
    } else if (c != '{' && c != '}') {
      id += c;
    }
  }
  return id;
}

json header(std::string_view help) {
  return {{"description", help}, {"schema", {{"type", "string"}}}};
}

bool is_tagged(const Route& route) {
  return std::ranges::any_of(route.answers.forms, &AnswerForm::tagged);
}

json parameters_of(const Route& route) {
  auto list = json::array();
  if (!route.path.name_help.empty()) {
    list.push_back({{"name", "name"},
                    {"in", "path"},
                    {"required", true},
                    {"description", route.path.name_help},
                    {"schema", {{"type", "string"}}}});
  }
  for (const auto& parameter : route.parameters) {
    list.push_back({{"name", parameter.name},
                    {"in", parameter.header ? "header" : "query"},
                    {"description", parameter.help},
                    {"schema", schema_of(parameter)}});
  }
  if (is_tagged(route)) {
    auto known = header("the ETag of an answer that is known: 304 if it is still the same");
    known.update({{"name", "If-None-Match"}, {"in", "header"}});
    list.push_back(std::move(known));
  }
  return list;
}

json schema_of_media(const MediaForm& media, json& components) {
  if (!media.schema) return {{"type", "string"}};
  auto schema = media.schema(components);
  if (media.type != media::kLines && media.type != media::kEvents) return schema;
  // A text of many such values: a line each, or the data of an event each.
  return {{"type", "string"}, {"contentMediaType", media::kJson}, {"contentSchema", schema}};
}

json response_of(const AnswerForm& form, json& components) {
  json response{{"description", "success"}};
  for (const auto& media : form.media) {
    response["content"][std::string(media.type)]["schema"] = schema_of_media(media, components);
  }
  for (const auto& each : form.headers) {
    response["headers"][std::string(each.name)] = header(each.help);
  }
  if (form.tagged) response["headers"]["ETag"] = header("the same for the same answer");
  return response;
}

std::vector<ProblemForm> problems_of(const Route& route) {
  auto problems = route.answers.problems;
  const auto add = [&](const ProblemForm& problem) {
    if (std::ranges::find(problems, problem) == problems.end()) problems.push_back(problem);
  };
  for (const auto code :
       {Errc::kInvalidArgument, Errc::kInternal, Errc::kQueueFull, Errc::kShuttingDown}) {
    add(problem_form(code));
  }
  add(problems::kForeignHost);
  if (route.access == Access::kChange) {
    add(problems::kNoToken);
    add(problem_form(Errc::kAccessDenied));
    add(problems::kBodyTooLarge);
  }
  if (std::ranges::find(kAnsweredUnready, route.path.path) == std::end(kAnsweredUnready)) {
    for (const auto& problem : unready_problems()) add(problem);
  }
  return problems;
}

// Those of one status.
json response_of(int status, const std::vector<ProblemForm>& problems) {
  std::string text;
  auto codes = json::array();
  for (const auto& [its, code, help] : problems) {
    text += format("{}{}: {}", text.empty() ? "" : "; ", code, help);
    codes.push_back(code);
  }
  auto schema = protocol::schema_reference("Problem");
  schema["properties"]["code"]["enum"] = std::move(codes);
  json response{{"description", text}};
  response["content"][media::kProblem]["schema"] = std::move(schema);
  if (status == 401) response["headers"]["WWW-Authenticate"] = header("how to send the token");
  if (status == 503) response["headers"]["Retry-After"] = header("seconds");
  return response;
}

json responses_of(const Route& route, json& components) {
  auto responses = json::object();
  for (const auto& form : route.answers.forms) {
    responses[std::to_string(form.status)] = response_of(form, components);
  }
  if (is_tagged(route)) {
    responses["304"] = {{"description", "what the ETag stands for is still the same"},
                        {"headers", {{"ETag", header("the same")}}}};
  }
  std::map<int, std::vector<ProblemForm>> problems;
  for (const auto& problem : problems_of(route)) problems[problem.status].push_back(problem);
  for (const auto& [status, of_it] : problems) {
    responses[std::to_string(status)] = response_of(status, of_it);
  }
  return responses;
}

}  // namespace

json describe(const Route& route, json& components) {
  json operation{{"operationId", id_of(route)},
                 {"summary", route.help},
                 {"responses", responses_of(route, components)}};
  if (!route.group.empty()) operation["tags"] = {route.group};
  if (auto parameters = parameters_of(route); !parameters.empty()) {
    operation["parameters"] = std::move(parameters);
  }
  if (route.body) {
    auto& content = operation["requestBody"]["content"][media::kJson];
    content["schema"] = route.body->schema(components);
    content["example"] = json::parse(route.body->example);
    operation["requestBody"]["required"] = true;
  }
  if (route.access == Access::kChange) {
    operation["security"] = {json::object(), {{kTokenScheme, json::array()}}};
  }
  return operation;
}

}  // namespace nbasync
