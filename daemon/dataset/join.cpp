#include "dataset/join.hpp"

#include <numeric>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/row_index.hpp"

namespace nbasync {
namespace {

std::vector<std::size_t> first(std::size_t count) {
  std::vector<std::size_t> positions(count);
  std::iota(positions.begin(), positions.end(), 0);
  return positions;
}

// Finds the rows of one grid that another one has.
class Twins {
 public:
  Twins(const Grid& grid, std::size_t keys)
      : index_(grid.cells, grid.width, first(keys)), key_(keys) {}

  std::optional<std::size_t> find(std::span<const Value> row) {
    for (std::size_t k = 0; k < key_.size(); ++k) key_[k] = key_part(row[k]);
    return index_.find(key_);
  }

 private:
  RowIndex index_;
  std::vector<KeyPart> key_;
};

}  // namespace

void join(const Base& base, const Grid& grid, std::span<const ResultColumn> fields,
          const std::string& label, Joined& joined) {
  const auto width = joined.rows.columns.size();
  const auto places = targets(fields, joined.rows.columns);
  Twins here(grid, base.keys);
  std::size_t found = 0;
  std::size_t missing = 0;  // that must be there
  for (std::size_t r = 0; r < base.grid.size(); ++r) {
    const auto key = base.grid.row(r).first(base.keys);
    if (const auto twin = here.find(key)) {
      copy_cells(grid.row(*twin), places, &joined.rows.cells[r * width]);
      ++found;
    } else if (base.is_due(key)) {
      ++missing;
    }
  }
  if (!base.force && is_short(missing, base.grid.size())) {
    throw Error(Errc::kUpstreamShort,
                format("{}: upstream answered with {} of the {} {} that Base has, {} of them {}",
                       label, found, base.grid.size(), base.unit, missing, base.due));
  }
  if (found < base.grid.size()) {
    add_note(joined.note,
             format("{} is behind: it lacks {} of {} {}, whose figures stay as they were", label,
                    base.grid.size() - found, base.grid.size(), base.unit));
  }
  if (grid.size() == found) return;
  Twins bases(base.grid, base.keys);
  std::size_t behind = 0;
  missing = 0;
  for (std::size_t r = 0; r < grid.size(); ++r) {
    const auto key = grid.row(r).first(base.keys);
    if (bases.find(key)) continue;
    joined.spared.emplace_back(key.begin(), key.end());
    ++behind;
    if (base.is_due(key)) ++missing;
  }
  if (!base.force && is_short(missing, grid.size())) {
    throw Error(Errc::kUpstreamShort,
                format("{}: upstream answered with {} {}, and lacks {} that {} has, {} of them {}",
                       base.label, base.grid.size(), base.unit, behind, label, missing, base.due));
  }
  add_note(joined.note,
           format("Base is behind: it lacks {} {} that {} has, which stay as they were", behind,
                  base.unit, label));
}

}  // namespace nbasync
