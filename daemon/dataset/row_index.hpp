#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"

namespace nbasync {

// One column's part of a key: text, or a number when the text's data is null.
struct KeyPart {
  std::int64_t number = 0;
  std::string_view text;

  bool operator==(const KeyPart&) const = default;
};

KeyPart key_part(const Value& value);

// Finds rows by their key: an open-addressing hash table over cells that it does not own; they must
// outlive it, unchanged.
class RowIndex {
 public:
  // `width` cells a row; `keys` are the columns of the key.
  RowIndex(std::span<const Value> cells, std::size_t width, std::vector<std::size_t> keys);

  // Whether the row has this key; without a look at the table.
  static bool has_key(std::span<const Value> cells, std::size_t width,
                      std::span<const std::size_t> keys, std::size_t row,
                      std::span<const KeyPart> key);

  // The row with this key, one part for each column of it, in order.
  std::optional<std::size_t> find(std::span<const KeyPart> key) const;

  // Throws Error(kUpstreamMalformed) if two rows have the same key, naming its columns.
  void require_unique(std::span<const std::string_view> names, std::string_view endpoint) const;

 private:
  bool insert(std::size_t row);
  bool row_has(std::size_t row, std::span<const KeyPart> key) const {
    return has_key(cells_, width_, keys_, row, key);
  }

  std::span<const Value> cells_;
  std::size_t width_;
  std::vector<std::size_t> keys_;
  std::vector<std::uint32_t> slots_;      // row + 1; 0: free
  std::optional<std::size_t> duplicate_;  // the first row whose key an earlier row has
};

// Throws Error(kUpstreamMalformed) if two rows of a decoded answer have the same key.
void require_unique(const Rows& rows, std::string_view endpoint);

}  // namespace nbasync
