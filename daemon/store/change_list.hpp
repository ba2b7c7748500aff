#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/row_changes.hpp"
#include "store/difference.hpp"
#include "store/row_change.hpp"

namespace nbasync {

// What the steps of a dry run would change, net of each other: of each row its state before the
// first and after the last. Pure.
class ChangeList {
 public:
  static constexpr std::size_t kMostRows = 10'000;
  static constexpr std::size_t kMostBytes = 16 << 20;

  void add(const TableChange& change, const Difference& difference);

  // As JSON; no more than kMostRows rows and about kMostBytes of them.
  RowChanges rows() const;

 private:
  using Cells = std::map<std::string_view, std::string>;  // JSON by column

  struct Entry {
    std::string_view table;
    std::string key;             // "{…}"
    std::optional<Cells> old;    // none: the row is new
    std::optional<Cells> fresh;  // none: it goes
  };

  void add(const TableChange& change, RowChange&& row);
  Entry* entry_of(const TableChange& change, const RowChange& row);

  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> places_;  // in entries_, by table and key
  std::size_t bytes_ = 0;
  bool truncated_ = false;
};

}  // namespace nbasync
