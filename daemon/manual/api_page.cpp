#include "manual/api_page.hpp"

#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "manual/api_operation.hpp"
#include "manual/api_schema.hpp"
#include "manual/mdoc.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

constexpr const char* kHead = R"(.Dd November 29, 2026
.Dt NBASYNC-API 7
.Os
.Sh NAME
.Nm nbasync-api
.Nd what the control socket of nbasyncd answers
.Sh DESCRIPTION
)";

constexpr const char* kTail = R"(.Sh SEE ALSO
.Xr nbasyncctl 1 ,
.Xr nbasyncd.yaml 5 ,
.Xr nbasyncd 8
)";

std::string routes_of(const json& document) {
  std::string page;
  for (const auto& tag : document["tags"]) {
    std::string items;
    for (const auto& [path, methods] : document["paths"].items()) {
      for (const auto& [method, operation] : methods.items()) {
        if (operation["tags"][0] == tag["name"]) items += operation_item(method, path, operation);
      }
    }
    page += ".Ss " + mdoc::quoted(tag["name"].get<std::string>()) + '\n' +
            mdoc::lines(tag["description"].get<std::string>()) + mdoc::list(items);
  }
  return page;
}

std::string all_codes_of(const json& document) {
  std::string items;
  for (const auto& word : document["components"]["schemas"]["ErrorCode"]["oneOf"]) {
    items += mdoc::item("Li", word["const"].get<std::string>(), "",
                        mdoc::lines(word["description"].get<std::string>()));
  }
  return mdoc::list(items);
}

std::string objects_of(const json& document) {
  std::string page;
  for (const auto& [name, schema] : document["components"]["schemas"].items()) {
    if (!schema.contains("properties")) continue;
    page += ".Ss " + mdoc::quoted(name) + '\n' + mdoc::list(members_of(schema));
  }
  return page;
}

}  // namespace

std::string api_page(const json& document) {
  const auto& info = document["info"];
  const auto& token = document["components"]["securitySchemes"].front();
  return kHead + mdoc::lines(info["description"].get<std::string>()) + ".Pp\n" +
         "To change something takes this:\n" +
         mdoc::lines(token["description"].get<std::string>()) +
         ".Pp\nThe same for programs, as OpenAPI 3.1, is answered at\n.Pa /api/v1/openapi.json .\n"
         ".Sh ROUTES\n"
         "What is behind a question mark may be left out.\n" +
         routes_of(document) + ".Sh CODES\nA problem says what it is in\n.Va code :\n" +
         all_codes_of(document) +
         ".Sh OBJECTS\nA key that may be left out is marked as optional.\n" + objects_of(document) +
         kTail;
}

}  // namespace nbasync
