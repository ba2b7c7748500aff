#include "postgres/postgres_row.hpp"

#include <charconv>

namespace nbasync {
namespace {

// pg_type's.
enum : Oid {
  kBool = 16,
  kBytes = 17,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kFloat4 = 700,
  kFloat8 = 701,
  kNumeric = 1700,
};

template <typename Number>
Cell number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return text;
  return number;
}

// A sum of whole numbers is "numeric": whole where it is.
Cell numeric(std::string_view text) {
  const Cell whole = number_of<std::int64_t>(text);
  return std::holds_alternative<std::int64_t>(whole) ? whole : number_of<double>(text);
}

Cell cell_of(Oid type, std::string_view text) {
  switch (type) {
    case kBool:
      return std::int64_t{text == "t"};
    case kBytes:
      return Blob{text};
    case kInt2:
    case kInt4:
    case kInt8:
      return number_of<std::int64_t>(text);
    case kFloat4:
    case kFloat8:
      return number_of<double>(text);
    case kNumeric:
      return numeric(text);
    default:
      return text;
  }
}

}  // namespace

Row PostgresRow::read(const PGresult* result) {
  cells_.clear();
  names_.clear();
  for (int c = 0; c < PQnfields(result); ++c) {
    names_.emplace_back(PQfname(result, c));
    if (PQgetisnull(result, 0, c) == 1) {
      cells_.emplace_back();
    } else {
      const auto size = static_cast<std::size_t>(PQgetlength(result, 0, c));
      cells_.push_back(cell_of(PQftype(result, c), {PQgetvalue(result, 0, c), size}));
    }
  }
  return {cells_, names_};
}

}  // namespace nbasync
