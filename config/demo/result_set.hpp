#pragma once

#include <filesystem>
#include <vector>

#include "demo/stats.hpp"

namespace nbasync::demo {

// A table of the stats host, column by column.
struct Table {
  std::vector<std::string> headers;
  std::vector<Json> rows;

  // One column for each stat; line i is row i's. mean: lines are of several games.
  void add_stats(const Stats& stats, const std::vector<Line>& lines, bool mean);
  // One column "…_RANK" for each ranked stat.
  void add_ranks(const Stats& stats, const std::vector<Line>& lines);
};

// The stats host's envelope.
Json envelope(const char* resource, Json parameters, const char* name, Table table);

// Writes a file anew. Throws std::runtime_error.
void save(const std::filesystem::path& file, const Json& json);

}  // namespace nbasync::demo
