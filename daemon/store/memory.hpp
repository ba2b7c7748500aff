#pragma once

#include <string>
#include <vector>

#include "dataset/dataset.hpp"

namespace nbasync {

// What is remembered of scopes and games from run to run: a table of our own.
extern const Table kMemoryTable;

// What is to be written of it.
struct MemoryChange {
  Rows rows;
  std::vector<std::size_t> inserts;
  std::vector<std::size_t> updates;
};
MemoryChange remember(const SeasonFacts& facts, const std::vector<Claim>& claims,
                      const std::vector<std::string>& checked);

}  // namespace nbasync
