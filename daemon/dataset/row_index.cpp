#include "dataset/row_index.hpp"

#include <bit>
#include <functional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/value.hpp"

namespace nbasync {
namespace {

constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;

std::uint64_t hash(std::span<const KeyPart> key) {
  std::uint64_t sum = 0;
  for (const KeyPart& part : key) {
    const std::uint64_t own = part.text.data() ? std::hash<std::string_view>{}(part.text)
                                               : static_cast<std::uint64_t>(part.number);
    sum = (std::rotl(sum, 23) ^ own) * kMix;
  }
  return sum ^ (sum >> 32);
}

}  // namespace

KeyPart key_part(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return {0, *text};
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return {*integer, {}};
  return {};
}

RowIndex::RowIndex(std::span<const Value> cells, std::size_t width, std::vector<std::size_t> keys)
    : cells_(cells),
      width_(width),
      keys_(std::move(keys)),
      slots_(std::bit_ceil(cells.size() / width * 2 + 2)) {
  for (std::size_t row = 0; row < cells_.size() / width_; ++row) {
    if (!insert(row) && !duplicate_) duplicate_ = row;
  }
}

bool RowIndex::insert(std::size_t row) {
  KeyPart key[8];
  for (std::size_t k = 0; k < keys_.size(); ++k) key[k] = key_part(cells_[row * width_ + keys_[k]]);
  const std::span<const KeyPart> whole(key, keys_.size());
  std::size_t slot = hash(whole) & (slots_.size() - 1);
  while (slots_[slot] != 0) {
    if (row_has(slots_[slot] - 1, whole)) return false;
    slot = (slot + 1) & (slots_.size() - 1);
  }
  slots_[slot] = static_cast<std::uint32_t>(row + 1);
  return true;
}

std::optional<std::size_t> RowIndex::find(std::span<const KeyPart> key) const {
  std::size_t slot = hash(key) & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    if (row_has(slots_[slot] - 1, key)) return slots_[slot] - 1;
  }
  return std::nullopt;
}

bool RowIndex::has_key(std::span<const Value> cells, std::size_t width,
                       std::span<const std::size_t> keys, std::size_t row,
                       std::span<const KeyPart> key) {
  for (std::size_t k = 0; k < keys.size(); ++k) {
    if (key_part(cells[row * width + keys[k]]) != key[k]) return false;
  }
  return true;
}

void RowIndex::require_unique(std::span<const std::string_view> names,
                              std::string_view endpoint) const {
  if (!duplicate_) return;
  std::string key;
  for (std::size_t k = 0; k < keys_.size(); ++k) {
    key += format("{}{} {}", k == 0 ? "" : ", ", names[k],
                  excerpt(to_string(cells_[*duplicate_ * width_ + keys_[k]])));
  }
  throw Error(Errc::kUpstreamMalformed, format("{}: two rows for {}", endpoint, key));
}

void require_unique(const Rows& rows, std::string_view endpoint) {
  std::vector<std::size_t> keys;
  std::vector<std::string_view> names;
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    if (!rows.columns[c].key) continue;
    keys.push_back(c);
    names.push_back(rows.columns[c].name);
  }
  RowIndex(rows.cells, rows.columns.size(), keys).require_unique(names, endpoint);
}

}  // namespace nbasync
