#include "protocol/changes.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace nbasync::protocol {
namespace {

using nlohmann::json;

const char* word_of(RowChange::Op op) {
  switch (op) {
    case RowChange::Op::kInsert:
      return "insert";
    case RowChange::Op::kUpdate:
      return "update";
    case RowChange::Op::kDelete:
      break;
  }
  return "delete";
}

json to_json(const RowChange::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&cell.value)) return *integer;
  if (const auto* real = std::get_if<double>(&cell.value)) return *real;
  return nullptr;
}

json to_json(const RowChange::Table& table, const std::vector<RowChange::Cell>& cells) {
  json object = json::object();
  for (const auto& cell : cells) object[table.columns.at(cell.column)] = to_json(cell);
  return object;
}

}  // namespace

void add_changes(json& run, const RowChanges& changes) {
  json list = json::array();
  for (const auto& row : changes.rows) {
    json change = {{"table", row.table->name}, {"op", word_of(row.op)}};
    change["key"] = to_json(*row.table, row.key);
    if (row.op != RowChange::Op::kInsert) change["old"] = to_json(*row.table, row.before);
    if (row.op != RowChange::Op::kDelete) change["new"] = to_json(*row.table, row.after);
    list.push_back(std::move(change));
  }
  run["changes"] = std::move(list);
  run["changes_truncated"] = changes.truncated;
}

}  // namespace nbasync::protocol
