#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"

namespace nbasync {

class JsonDecoder;

// What a cell of an answer must be. Whole numbers also come as 13.0 and as "1949"; a count may come
// with a fraction (in 1996-97), and is then a real number; a date also with a time behind it, which
// is cut off.
enum class Kind { kInteger, kCount, kReal, kText, kDate };

// kIfThere: the column may be missing. kIfReadable: likewise, and a cell of another kind is NULL:
// nothing else depends on it. kRequired: null is an error. kKey: also, no two rows may have the
// same key.
enum class Need { kIfReadable, kIfThere, kOptional, kRequired, kKey };

// A column that is wanted of a result set.
struct ResultColumn {
  std::string_view header;    // upstream's name
  std::string_view column{};  // ours, where the value is stored as it is
  Kind kind = Kind::kReal;
  Need need = Need::kOptional;
};

// The wanted cells of a result set, in the order of the fields.
struct Grid {
  std::size_t width = 0;
  std::vector<Value> cells;

  std::size_t size() const { return width == 0 ? 0 : cells.size() / width; }
  std::span<const Value> row(std::size_t r) const { return {cells.data() + r * width, width}; }
};

// Names an answer in messages: "leaguedashteamstats Advanced Home".
std::string label_of(const Request& request);

// Reads the result set `name`, or the only one there is, of a stats answer. Columns are found by
// their header; others are ignored. Throws Error(kUpstreamMalformed) naming label, row and column,
// or the key that two rows share.
Grid read_result_set(JsonDecoder& json, const std::string& body, const std::string& label,
                     std::string_view name, std::span<const ResultColumn> fields);

// The same as rows of these columns, each field in its column: without a copy on the way.
Rows read_rows(JsonDecoder& json, const std::string& body, const std::string& label,
               std::string_view name, std::span<const ResultColumn> fields,
               std::span<const Column> columns);

// Where fields go: for each its column's position, or kNowhere.
inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
std::vector<std::size_t> targets(std::span<const ResultColumn> fields,
                                 std::span<const Column> columns);

// Copies the cells of a grid's row to where they go.
void copy_cells(std::span<const Value> from, std::span<const std::size_t> targets, Value* to);

}  // namespace nbasync
