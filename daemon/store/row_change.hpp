#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/json_text.hpp"
#include "model/data_change.hpp"
#include "store/difference.hpp"

namespace nbasync {

// Cells as JSON, by column; those of a row are in the order of its columns.
using JsonCells = std::vector<std::pair<std::string_view, std::string>>;

// What becomes of one row, as it is told. The names are those of the change's columns, static.
struct RowChange {
  ChangeKind kind;
  JsonCells key;
  JsonCells before;  // of an update what differs, of a delete all but the key
  JsonCells after;   // of an update what differs, of an insert all with the key
};

// Pure.
RowChange row_inserted(const TableChange& change, const Difference& difference, std::size_t row);
RowChange row_updated(const TableChange& change, const Difference& difference,
                      const Difference::Update& update);
RowChange row_deleted(const TableChange& change, const Difference::Delete& gone);

// "{…}" of pairs of column and JSON.
template <typename Cells>
std::string json_object(const Cells& cells) {
  std::string json = "{";
  for (const auto& [column, cell] : cells) {
    if (json.size() > 1) json += ',';
    append_json_string(json, column);
    json += ':';
    json += cell;
  }
  return json + '}';
}

}  // namespace nbasync
