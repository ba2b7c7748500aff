// An answer's way from JSON to rows, dataset by dataset: the whole decoding with what is derived of
// it. Beside it what simdjson needs for the same bytes alone: its document, and one look at each
// value of it; and the same with a cell made of each value, unchecked, which is the least that rows
// take.

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <string>
#include <vector>

#include "bench/cells.hpp"
#include "bench/season_bench.hpp"

namespace nbasync::bench {
namespace {

void decode(benchmark::State& state, const Dataset* dataset) {
  const auto facts = season_facts();
  const auto answers = answers_of(*dataset, facts);
  JsonDecoder json;
  for (auto _ : state) benchmark::DoNotOptimize(dataset->decode(json, answers, facts));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes_of(answers)));
}

std::size_t look(const simdjson::dom::element& element) {
  std::size_t seen = 0;
  if (element.is_object()) {
    for (const auto field : element.get_object()) seen += look(field.value);
  } else if (element.is_array()) {
    for (const auto each : element.get_array()) seen += look(each);
  } else if (element.is_string()) {
    seen += element.get_string().value().size();
  } else if (element.is_number()) {
    seen += element.get_double().value() > 0 ? 1 : 0;
  }
  return seen + 1;
}

void parse(benchmark::State& state, const Dataset* dataset) {
  const auto answers = answers_of(*dataset, season_facts());
  simdjson::dom::parser parser;
  for (auto _ : state) {
    for (const auto& answer : answers)
      benchmark::DoNotOptimize(look(parser.parse(answer.body).value()));
  }
}

void cells(benchmark::State& state, const Dataset* dataset) {
  const auto answers = answers_of(*dataset, season_facts());
  simdjson::dom::parser parser;
  std::size_t most = 0;
  for (auto _ : state) {
    std::vector<Value> cells;
    cells.reserve(most);
    for (const auto& answer : answers) keep(parser.parse(answer.body).value(), cells);
    most = cells.size();
    benchmark::DoNotOptimize(cells.data());
  }
}

const int registered = [] {
  for (const auto* dataset : catalog()) {
    const std::string name(dataset->name);
    benchmark::RegisterBenchmark(("decode/" + name).c_str(), decode, dataset)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark(("parse/" + name).c_str(), parse, dataset)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark(("cells/" + name).c_str(), cells, dataset)
        ->Unit(benchmark::kMicrosecond);
  }
  return 0;
}();

}  // namespace
}  // namespace nbasync::bench
