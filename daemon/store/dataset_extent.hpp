#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "dataset/dataset.hpp"
#include "db/connection.hpp"

namespace nbasync {

// How much of a dataset is stored.
struct DatasetExtent {
  std::int64_t rows = 0;
  std::optional<std::string> newest;  // the last day of its games, like 2026-01-15
};

// Of this season, where the dataset's first table has seasons. Rows of other leagues do not count.
// Blocking; the thread of the connection. Throws Error(kStorage…), kCancelled.
DatasetExtent extent_of(Connection& connection, const Dataset& dataset, const std::string& season,
                        const std::stop_token& stop);

}  // namespace nbasync
