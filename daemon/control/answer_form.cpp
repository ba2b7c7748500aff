#include "control/answer_form.hpp"

#include <string>

#include <nlohmann/json.hpp>

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
  return column.key ? schema : protocol::or_null(std::move(schema));
}

json schema_of_row(const std::vector<Column>& columns) {
  auto properties = json::object();
  auto required = json::array();
  for (const auto& column : columns) {
    properties[std::string(column.name)] = schema_of_cell(column);
    required.push_back(column.name);
  }
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

}  // namespace

AnswerForm text_answer(std::string_view content_type) { return {200, {{content_type, nullptr}}}; }

AnswerForm rows_answer(std::string_view list, std::string_view row_name,
                       std::vector<Column> columns) {
  const auto schema = [list = std::string(list), name = std::string(row_name),
                       columns = std::move(columns)](json& components) -> json {
    components[name] = schema_of_row(columns);
    json rows{{"type", "array"}, {"items", protocol::schema_reference(name.c_str())}};
    json count{{"type", "integer"}, {"minimum", 0}, {"description", "how many these are"}};
    return {{"type", "object"},
            {"properties", {{list, std::move(rows)}, {"count", std::move(count)}}},
            {"required", {list, "count"}}};
  };
  return {.media = {{media::kJson, schema}}, .tagged = true};
}

AnswerForm rows_answer(std::string_view list, const Table& table) {
  std::vector<Column> columns(table.columns.begin(), table.columns.end());
  for (const auto name : {table.stamp, table.created}) {
    if (!name.empty()) columns.push_back({.name = name});
  }
  return rows_answer(list, table.name, std::move(columns));
}

}  // namespace nbasync
