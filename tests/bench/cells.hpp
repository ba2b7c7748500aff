#pragma once

#include <simdjson.h>

#include <string>
#include <vector>

namespace nbasync::bench {

// Makes a cell of each value of a document, with no look at what it is. A Cell is made of nothing,
// an std::int64_t, a double or a string.
template <typename Cell>
void keep(const simdjson::dom::element& element, std::vector<Cell>& cells) {
  if (element.is_object()) {
    for (const auto field : element.get_object()) keep(field.value, cells);
  } else if (element.is_array()) {
    for (const auto each : element.get_array()) keep(each, cells);
  } else if (element.is_string()) {
    cells.emplace_back(std::string(element.get_string().value()));
  } else if (element.is_int64()) {
    cells.emplace_back(element.get_int64().value());
  } else if (element.is_number()) {
    cells.emplace_back(element.get_double().value());
  } else {
    cells.emplace_back();
  }
}

}  // namespace nbasync::bench
