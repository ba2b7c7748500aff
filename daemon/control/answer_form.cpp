#include "control/answer_form.hpp"

#include <string>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "dataset/dictionary.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

json schema_of_cell(const Column& column) {
  json schema;
  switch (column.type) {
    case Type::kInteger:
      schema = {{"type", "integer"}, {"format", "int64"}};
      break;
    case Type::kCount:
    case Type::kReal:
      schema = {{"type", "number"}};
      break;
    case Type::kText:
      schema = {{"type", "string"}};
      break;
  }
  if (!column.key) schema = protocol::or_null(std::move(schema));
  if (const auto meaning = meaning_of(column); !meaning.empty()) {
    schema["description"] = format("{} ({})", meaning, column.meaning.unit);
  }
  return schema;
}

}  // namespace

json schema_of_row(std::string_view name, const std::vector<Column>& columns, json& components) {
  auto properties = json::object();
  auto required = json::array();
  for (const auto& column : columns) {
    properties[std::string(column.name)] = schema_of_cell(column);
    required.push_back(column.name);
  }
  components[std::string(name)] = {
      {"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
  return protocol::schema_reference(std::string(name).c_str());
}

AnswerForm text_answer(std::string_view content_type) { return {200, {{content_type, nullptr}}}; }

AnswerForm rows_answer(std::string_view list, std::string_view row_name,
                       std::vector<Column> columns) {
  const auto schema = [list = std::string(list), name = std::string(row_name),
                       columns = std::move(columns)](json& components) -> json {
    json rows{{"type", "array"}, {"items", schema_of_row(name, columns, components)}};
    json count{{"type", "integer"}, {"minimum", 0}, {"description", "how many these are"}};
    return {{"type", "object"},
            {"properties", {{list, std::move(rows)}, {"count", std::move(count)}}},
            {"required", {list, "count"}}};
  };
  return {.media = {{media::kJson, schema}}, .tagged = true};
}

AnswerForm rows_answer(std::string_view list, const Table& table) {
  return rows_answer(list, table.name, all_columns(table));
}

}  // namespace nbasync
