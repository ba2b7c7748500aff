#pragma once

#include <map>
#include <string>
#include <vector>

namespace nbasync::testing {

// Cells of a row by header, each as JSON: {"TEAM_ID", "1"}, {"WL", "\"W\""}.
using JsonRow = std::map<std::string, std::string>;

// A small answer of the stats host, in its envelope. Cells that a row does not name are null.
inline std::string stats_answer(const std::string& name, const std::vector<std::string>& headers,
                                const std::vector<JsonRow>& rows) {
  std::string heads;
  for (const auto& header : headers) heads += (heads.empty() ? "\"" : ",\"") + header + '"';
  std::string list;
  for (const auto& row : rows) {
    std::string cells;
    for (const auto& header : headers) {
      const auto cell = row.find(header);
      cells += (cells.empty() ? "" : ",") + (cell == row.end() ? "null" : cell->second);
    }
    list += (list.empty() ? "[" : ",[") + cells + ']';
  }
  return R"({"resource":"x","parameters":{},"resultSets":[{"name":")" + name + R"(","headers":[)" +
         heads + R"(],"rowSet":[)" + list + "]}]}";
}

inline std::string quoted(const std::string& text) { return '"' + text + '"'; }

}  // namespace nbasync::testing
