#include "manual/api_schema.hpp"

#include <algorithm>
#include <string_view>

#include <nlohmann/json.hpp>

#include "manual/mdoc.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

// Without the quotes of a text.
std::string text_of(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string joined(const json& list, std::string_view between) {
  std::string text;
  for (const auto& each : list) {
    if (!text.empty()) text += between;
    text += text_of(each);
  }
  return text;
}

std::string type_of(const json& schema) {
  if (schema.contains("$ref")) {
    const auto name = schema["$ref"].get<std::string>();
    return name.substr(name.rfind('/') + 1);
  }
  if (schema.contains("anyOf")) {
    std::string types;
    for (const auto& each : schema["anyOf"]) types += (types.empty() ? "" : " or ") + type_of(each);
    return types;
  }
  if (schema.contains("items")) return "list of " + type_of(schema["items"]);
  if (schema.contains("enum")) return joined(schema["enum"], ", ");
  if (schema.contains("format") && schema["format"] != "int64") {
    const bool null = schema["type"].is_array();
    return schema["format"].get<std::string>() + (null ? " or null" : "");
  }
  if (!schema.contains("type")) return schema.contains("contentMediaType") ? "bytes" : "value";
  return schema["type"].is_array() ? joined(schema["type"], " or ") : text_of(schema["type"]);
}

}  // namespace

std::string kind_of(const json& schema) {
  auto kind = type_of(schema);
  if (schema.contains("maximum")) {
    const bool open = schema.contains("exclusiveMinimum");
    kind += open ? ", more than " : ", ";
    kind += text_of(schema[open ? "exclusiveMinimum" : "minimum"]) + " to " +
            text_of(schema["maximum"]);
  }
  if (schema.contains("default")) kind += ", else " + text_of(schema["default"]);
  if (schema.contains("examples")) kind += ", like " + joined(schema["examples"], " or ");
  return kind;
}

std::string members_of(const json& schema) {
  std::string items;
  const auto required = schema.value("required", json::array());
  for (const auto& [name, member] : schema["properties"].items()) {
    const bool optional = std::ranges::find(required, json(name)) == required.end();
    items += mdoc::item("Va", name, kind_of(member) + (optional ? "; optional" : ""),
                        mdoc::lines(member.value("description", "")));
  }
  return items;
}

}  // namespace nbasync
