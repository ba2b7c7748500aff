#include <nlohmann/json.hpp>

#include "control/parameters.hpp"

namespace nbasync {

nlohmann::json schema_of(const Parameter& parameter) {
  using Kind = Parameter::Kind;
  nlohmann::json schema{{"type", "string"}};
  switch (parameter.kind) {
    case Kind::kText:
      break;
    case Kind::kWord:
      schema["enum"] = parameter.words;
      if (const auto& word = std::get<std::string>(parameter.when_absent); !word.empty()) {
        schema["default"] = word;
      }
      break;
    case Kind::kDate:
      schema["format"] = "date";
      break;
    case Kind::kSeason:
      schema["pattern"] = "^[0-9]{4}-[0-9]{2}$";
      schema["examples"] = {"2025-26"};
      break;
    case Kind::kTeam:
      schema["pattern"] = "^([A-Za-z]{3}|[0-9]{1,18})$";
      schema["examples"] = {"BOS", "1610612738"};
      break;
    case Kind::kDuration:
      schema["examples"] = {kDurationExample, "90"};
      break;
    case Kind::kLimit:
      schema = {{"type", "integer"},
                {"minimum", 1},
                {"maximum", std::get<unsigned>(parameter.most)},
                {"default", std::get<unsigned>(parameter.when_absent)}};
      break;
    case Kind::kNumber:
      schema = {{"type", "integer"}, {"minimum", 0}, {"format", "int64"}};
      break;
  }
  return schema;
}

}  // namespace nbasync
