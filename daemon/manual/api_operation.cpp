#include "manual/api_operation.hpp"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

#include "manual/api_schema.hpp"
#include "manual/mdoc.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string head_of(const std::string& method, const std::string& path, const json& operation) {
  auto head = upper(method) + ' ' + path;
  for (const auto& parameter : operation.value("parameters", json::array())) {
    if (parameter["in"] != "query") continue;
    head += head.find('?') == head.npos ? '?' : '&';
    head += parameter["name"].get<std::string>() + '=';
  }
  return head;
}

std::string parameters_of(const json& operation) {
  std::string items;
  for (const auto& parameter : operation.value("parameters", json::array())) {
    const bool header = parameter["in"] == "header";
    items += mdoc::item("Va", parameter["name"].get<std::string>(),
                        (header ? "header, " : "") + kind_of(parameter["schema"]),
                        mdoc::lines(parameter["description"].get<std::string>()));
  }
  return mdoc::list(items);
}

std::string body_of(const json& operation) {
  if (!operation.contains("requestBody")) return {};
  const auto& content = operation["requestBody"]["content"].front();
  const auto& schema = content["schema"];
  auto text = ".Pp\nThe body, like\n.Li " + mdoc::quoted(content["example"].dump()) + " ,\nis ";
  if (!schema.contains("properties")) return text + "a " + kind_of(schema) + ".\n";
  return text + "an object of:\n" + mdoc::list(members_of(schema));
}

std::string answer_of(const json& media) {
  const auto& schema = media["schema"];
  if (schema.contains("contentSchema")) return "each " + kind_of(schema["contentSchema"]);
  if (!schema.contains("properties")) return kind_of(schema);
  std::string text;
  for (const auto& [name, member] : schema["properties"].items()) {
    text += (text.empty() ? "" : ", ") + name + ": " + kind_of(member);
  }
  return text;
}

std::string codes_of(const json& schema) {
  std::string codes;
  for (const auto& code : schema["properties"]["code"]["enum"]) {
    codes += (codes.empty() ? "" : ", ") + code.get<std::string>();
  }
  return codes;
}

// By status: the types of what is answered, or the codes of its problems.
std::string answers_of(const json& operation) {
  std::string items;
  for (const auto& [status, response] : operation["responses"].items()) {
    if (!response.contains("content")) continue;
    std::string text;
    for (const auto& [type, media] : response["content"].items()) {
      const auto& schema = media["schema"];
      const bool problem = schema.contains("properties") && schema.contains("$ref");
      if (!text.empty()) text += "or\n";
      text += mdoc::lines(problem ? codes_of(schema) : type + ": " + answer_of(media));
    }
    items += mdoc::item("Li", status, "", text);
  }
  return ".Pp\nAnswers:\n" + mdoc::list(items);
}

}  // namespace

std::string operation_item(const std::string& method, const std::string& path,
                           const json& operation) {
  return mdoc::item("Li", head_of(method, path, operation), "",
                    mdoc::lines(operation["summary"].get<std::string>()) +
                        parameters_of(operation) + body_of(operation) + answers_of(operation));
}

}  // namespace nbasync
