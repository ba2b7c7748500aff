#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "model/words.hpp"

namespace nbasync {

// What became of a row of a data table. kLoad stands for all rows of a scope that had none.
enum class ChangeKind { kInsert, kUpdate, kDelete, kLoad };

template <>
struct Words<ChangeKind> {
  static constexpr auto unknown = ChangeKind::kUpdate;
  static constexpr auto table = std::to_array<WordOf<ChangeKind>>({
      {ChangeKind::kInsert, "insert"},
      {ChangeKind::kUpdate, "update"},
      {ChangeKind::kDelete, "delete"},
      {ChangeKind::kLoad, "load"},
  });
};

// What one transaction has added to the feed of changes (table nbasync_changes), of one data table.
struct DataChange {
  std::string run_id;
  std::string table;
  std::int64_t first_seq = 0;
  std::int64_t last_seq = 0;
  std::int64_t inserted = 0;  // rows of the table; those of a load, too
  std::int64_t updated = 0;
  std::int64_t deleted = 0;
  std::int64_t corrections = 0;  // of these rows, those that are marked so; this and the next
  std::string dataset = {};      // are told where the sync was done, and to no other daemon

  bool operator==(const DataChange&) const = default;
};

}  // namespace nbasync
