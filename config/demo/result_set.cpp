#include "demo/result_set.hpp"

#include <fstream>
#include <stdexcept>
#include <utility>

namespace nbasync::demo {

void Table::add_stats(const Stats& stats, const std::vector<Line>& lines, bool mean) {
  for (const auto& stat : stats) {
    headers.push_back(stat.name);
    for (std::size_t i = 0; i < lines.size(); ++i) rows[i].push_back(cell(stat, lines[i], mean));
  }
}

void Table::add_ranks(const Stats& stats, const std::vector<Line>& lines) {
  for (const auto& stat : stats) {
    if (stat.best == Best::kUnranked) continue;
    headers.push_back(stat.name + "_RANK");
    const auto of_stat = ranks(stat, lines);
    for (std::size_t i = 0; i < lines.size(); ++i) rows[i].push_back(of_stat[i]);
  }
}

Json envelope(const char* resource, Json parameters, const char* name, Table table) {
  Json set = {
      {"name", name}, {"headers", std::move(table.headers)}, {"rowSet", std::move(table.rows)}};
  return {{"resource", resource},
          {"parameters", std::move(parameters)},
          {"resultSets", Json::array({std::move(set)})}};
}

void save(const std::filesystem::path& file, const Json& json) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << json.dump();
  if (!stream.flush()) throw std::runtime_error(file.string() + ": cannot be written");
}

}  // namespace nbasync::demo
