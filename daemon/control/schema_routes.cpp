#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "dataset/dictionary.hpp"
#include "protocol/dictionary.hpp"
#include "protocol/json.hpp"

namespace nbasync::handle {
namespace {

protocol::TableEntry told(const DictionaryTable& table) {
  protocol::TableEntry entry{std::string(table.name), table.is_view, table.sentence, {}};
  for (const auto& column : table.columns) {
    entry.columns.push_back({std::string(column.name), std::string(column.type), column.is_key,
                             column.sentence, std::string(column.unit), column.source});
  }
  return entry;
}

}  // namespace

void get_schema(Api&, const Call& call, const std::string& table) {
  protocol::DataSchema schema;
  for (const auto& each : dictionary()) {
    if (table.empty() || table == each.name) schema.tables.push_back(told(each));
  }
  call.answer(json_reply(200, protocol::to_json(schema)));
}

}  // namespace nbasync::handle
