#include "copy/table_sum.hpp"

#include <xxhash.h>

#include <string_view>

namespace nbasync {
namespace {

template <typename Number>
void append(std::string& bytes, Number number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

// The kind, and what can be told from any other of that kind.
void append(std::string& bytes, const Value& value) {
  bytes += static_cast<char>(value.index());
  if (const auto* integer = std::get_if<std::int64_t>(&value)) append(bytes, *integer);
  if (const auto* real = std::get_if<double>(&value)) append(bytes, *real);
  if (const auto* text = std::get_if<std::string>(&value)) {
    append(bytes, text->size());
    bytes += *text;
  }
}

}  // namespace

void TableSum::add(std::span<const Value> row) {
  bytes_.clear();
  for (const Value& value : row) append(bytes_, value);
  const auto hash = XXH3_128bits(bytes_.data(), bytes_.size());
  ++rows_;
  low_ += hash.low64;
  high_ += hash.high64;
}

}  // namespace nbasync
