#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "dataset/catalog.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/value.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/season.hpp"

// Answers of upstream to rows, of every dataset of the catalog. The input is the dataset's name and
// the answers to its requests; one answer stands for all that are missing.

namespace {

using namespace nbasync;

bool fits(const Value& value, const Column& column) {
  if (is_null(value)) return true;
  switch (column.type) {
    case Type::kInteger:
      return std::holds_alternative<std::int64_t>(value);
    case Type::kCount:
    case Type::kReal:
      return number(value) && std::isfinite(*number(value));
    case Type::kText:
      break;
  }
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && text->size() <= 3 * kLongestText;  // a label is of two
}

void check(const Rows& rows) {
  if (rows.columns.empty()) return fuzz::require(rows.cells.empty(), "no cells without columns");
  fuzz::require(rows.cells.size() % rows.columns.size() == 0, "rows are whole");
  for (std::size_t i = 0; i < rows.cells.size(); ++i) {
    const auto& column = rows.columns[i % rows.columns.size()];
    fuzz::require(fits(rows.cells[i], column), "a cell is of its column's type and size");
    fuzz::require(!column.key || !is_null(rows.cells[i]), "a key is not NULL");
  }
}

const Dataset& dataset_of(std::string_view name) {
  const auto* dataset = find_dataset(name);
  return dataset != nullptr ? *dataset : *catalog()[name.size() % catalog().size()];
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static JsonDecoder json;  // as the daemon has it: its buffers stay
  static const SeasonFacts facts = fuzz::season();
  auto bodies = fuzz::parts_of(fuzz::text_of(data, size));
  const auto& dataset = dataset_of(bodies.front());
  bodies.erase(bodies.begin());
  const auto requests = dataset.requests(facts);
  bodies.resize(requests.size(), bodies.empty() ? "" : bodies.front());
  std::vector<Fetched> answers;
  for (std::size_t i = 0; i < requests.size(); ++i) answers.push_back({requests[i], bodies[i]});
  const auto ask_more = [&] {
    if (dataset.more_requests == nullptr) return;
    for (const auto& request : dataset.more_requests(json, answers, facts)) {
      answers.push_back({request, bodies.back()});
    }
  };
  Decoded decoded;
  if (!fuzz::takes(ask_more)) return 0;
  if (!fuzz::takes([&] { decoded = dataset.decode(json, answers, facts); })) return 0;
  for (const auto& change : decoded.changes) {
    fuzz::require(change.table != nullptr, "a change is of a table");
    check(change.rows);
  }
  fuzz::require(decoded.note.size() <= kLongestMessage, "a note is not long");
  return 0;
}
