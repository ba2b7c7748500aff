#include "control/openapi.hpp"

#include <set>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "control/json_reply.hpp"
#include "control/operation.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"
#include "protocol/replies.hpp"
#include "protocol/schema.hpp"
#include "query/answer.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

constexpr const char* kAbout =
    "HTTP/1.1 with JSON, on the Unix socket of the daemon, and over TCP where control.http.listen "
    "says so. A GET may be a HEAD. Answers come in gzip for who asks for it with Accept-Encoding. "
    "What is no success is application/problem+json with a stable code. Keys may be added to what "
    "is answered; an unknown parameter or key of a request is refused.";

constexpr const char* kToken =
    "The token that is configured, as Authorization: Bearer TOKEN. Root, the daemon's own user and "
    "members of the group nbasync "
    "need none at the Unix socket.";

void add_words(json& list, std::set<std::string_view>& known, std::string_view word,
               std::string_view help) {
  if (known.insert(word).second) list.push_back({{"const", word}, {"description", help}});
}

// Every word that a problem may have as its code.
json schema_of_codes() {
  auto words = json::array();
  std::set<std::string_view> known;
  for (const auto& each : protocol::error_table()) add_words(words, known, each.word, each.help);
  for (const auto& each : problems::kOfHttp) add_words(words, known, each.code, each.help);
  return {{"type", "string"}, {"oneOf", std::move(words)}};
}

// Problems refer to it by its name.
void add_problem(json& components) {
  protocol::schema_of<protocol::Problem>(components);
  components["ErrorCode"] = schema_of_codes();
  auto& code = components["Problem"]["properties"]["code"];
  code.update(protocol::schema_reference("ErrorCode"));
  code.erase("type");
}

}  // namespace

json describe(std::span<const RouteGroup> groups, std::span<const Route> routes) {
  auto components = json::object();
  add_problem(components);
  auto tags = json::array();
  for (const auto& group : groups) {
    tags.push_back({{"name", group.name}, {"description", group.help}});
  }
  auto paths = json::object();
  for (const auto& route : routes) {
    paths[std::string(route.path.path)][lower(route.method)] = describe(route, components);
  }
  const json token{{"type", "http"}, {"scheme", "bearer"}, {"description", kToken}};
  return {
      {"openapi", "3.1.0"},
      {"info", {{"title", "nbasyncd"}, {"version", protocol::kVersion}, {"description", kAbout}}},
      {"servers", {{{"url", "http://localhost"}, {"description", "at the Unix socket"}}}},
      {"tags", std::move(tags)},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", std::move(components)}, {"securitySchemes", {{kTokenScheme, token}}}}}};
}

const Document& openapi_document() {
  static const Document document = [] {
    auto text = json_text(describe(route_groups(), routes())) + '\n';
    auto etag = etag_of(text);
    return Document{std::move(text), std::move(etag)};
  }();
  return document;
}

}  // namespace nbasync
