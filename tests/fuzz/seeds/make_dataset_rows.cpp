// Seeds of dataset_rows: dataset_seeds SEASON FOLDER. Two files a dataset of the catalog, made of
// the demo season's answers, of whose lists a few items are left. In the second one each count has
// a fraction, as some have that upstream tells of 1996-97.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "dataset/catalog.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/season.hpp"
#include "net/replay_file_name.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kItems = 4;

// Of lists of lists and of objects: a list of texts is one of headers.
void cut(json& value) {
  if (value.is_array() && !value.empty() && value.front().is_structured() &&
      value.size() > kItems) {
    value.erase(value.begin() + kItems, value.end());
  }
  if (value.is_structured()) {
    for (auto& each : value) cut(each);
  }
}

// What is larger is an id.
void break_counts(json& value) {
  if (value.is_number_integer() && value < 1'000) value = value.get<double>() + 0.5;
  if (value.is_structured()) {
    for (auto& each : value) break_counts(each);
  }
}

json answer(const fs::path& file, bool with_fractions) {
  std::ifstream stream(file);
  auto read = json::parse(stream);
  cut(read);
  if (with_fractions) break_counts(read);
  return read;
}

void write(const nbasync::Dataset& dataset, const fs::path& season, const fs::path& file,
           bool with_fractions) {
  std::ofstream seed(file);
  seed << dataset.name;
  for (const auto& request : dataset.requests(nbasync::fuzz::season())) {
    seed << nbasync::fuzz::kSeparator
         << answer(season / nbasync::replay_file_name(request), with_fractions).dump();
  }
  if (!seed.flush()) throw std::runtime_error("a seed cannot be written");
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("usage: dataset_seeds SEASON FOLDER");
  for (const auto* dataset : nbasync::catalog()) {
    const auto file = (fs::path(argv[2]) / dataset->name).string();
    write(*dataset, argv[1], file, false);
    write(*dataset, argv[1], file + "-with-fractions", true);
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
