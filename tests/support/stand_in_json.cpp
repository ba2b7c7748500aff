#include "support/stand_in_json.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace nbasync::testing {
namespace {

using Json = nlohmann::ordered_json;

// Calls action(object) for every object, outermost first.
template <typename Action>
void for_each_object(Json& document, const Action& action) {
  if (document.is_object()) action(document);
  if (!document.is_structured()) return;
  for (auto& child : document) for_each_object(child, action);
}

bool is_result_set(const Json& object) {
  return object.contains("headers") && object.contains("rowSet");
}

// The lists of rows: a result set's, and the games of the CDN's files.
template <typename Action>
void for_each_list(Json& document, const Action& action) {
  for_each_object(document, [&action](Json& object) {
    for (const auto* name : {"rowSet", "games", "gameDates"}) {
      const auto list = object.find(name);
      if (list != object.end() && list->is_array()) action(*list);
    }
  });
}

// Calls action(cells, index) for each row of the result sets that have the column, headers first.
template <typename Action>
void for_each_cell(Json& document, std::string_view column, const Action& action) {
  for_each_object(document, [&](Json& object) {
    if (!is_result_set(object)) return;
    Json& headers = object["headers"];
    const auto at = std::find(headers.begin(), headers.end(), column);
    if (at == headers.end()) return;
    const auto index = static_cast<std::size_t>(at - headers.begin());
    action(headers, index);
    for (auto& row : object["rowSet"]) action(row, index);
  });
}

}  // namespace

std::string rename_column(const std::string& body, std::string_view from, const std::string& to) {
  Json document = Json::parse(body);
  const std::string key{from};
  for_each_cell(document, from, [&](Json& cells, std::size_t index) {
    if (cells[index] == key) cells[index] = to;
  });
  for_each_object(document, [&](Json& object) {
    if (!object.contains(key)) return;
    Json value = object[key];
    object.erase(key);
    object[to] = std::move(value);
  });
  return document.dump();
}

std::string drop_column(const std::string& body, std::string_view name) {
  Json document = Json::parse(body);
  for_each_cell(document, name, [](Json& cells, std::size_t index) { cells.erase(index); });
  for_each_object(document, [key = std::string(name)](Json& object) { object.erase(key); });
  return document.dump();
}

std::string set_cells(const std::string& body, std::string_view name, std::string_view text) {
  constexpr std::string_view kMark = "@cell@";
  Json document = Json::parse(body);
  const std::string key{name};
  for_each_cell(document, name, [&](Json& cells, std::size_t index) {
    if (cells[index] != key) cells[index] = kMark;
  });
  for_each_object(document, [&](Json& object) {
    if (object.contains(key)) object[key] = kMark;
  });
  std::string result = document.dump();
  const std::string quoted = '"' + std::string(kMark) + '"';
  for (auto at = result.find(quoted); at != std::string::npos;
       at = result.find(quoted, at + text.size())) {
    result.replace(at, quoted.size(), text);
  }
  return result;
}

std::string without_rows(const std::string& body) {
  Json document = Json::parse(body);
  for_each_list(document, [](Json& list) { list = Json::array(); });
  return document.dump();
}

std::string with_a_tenth(const std::string& body) {
  Json document = Json::parse(body);
  for_each_list(document, [](Json& list) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(list.size() / 10), list.end());
  });
  return document.dump();
}

std::string without_result_sets(const std::string& body) {
  Json document = Json::parse(body);
  if (!document.contains("resultSets")) return "{}";
  document["resultSets"] = Json::array();
  return document.dump();
}

std::string with_narrow_row(const std::string& body) {
  Json document = Json::parse(body);
  for_each_object(document, [](Json& object) {
    if (!is_result_set(object) || object["rowSet"].empty()) return;
    Json& row = object["rowSet"][0];
    row.erase(row.size() - 1);
  });
  return document.dump();
}

std::string with_duplicate_rows(const std::string& body) {
  Json document = Json::parse(body);
  for_each_list(document, [](Json& list) {
    const Json once = list;
    list.insert(list.end(), once.begin(), once.end());
  });
  return document.dump();
}

std::string with_invalid_utf8(const std::string& body) {
  return "{\"bad\":\"\xff\xc0\"," + body.substr(std::min<std::size_t>(1, body.size()));
}

std::string deep_json(int depth) {
  const auto count = static_cast<std::size_t>(depth);
  return "{\"resultSets\":" + std::string(count, '[') + std::string(count, ']') + '}';
}

}  // namespace nbasync::testing
