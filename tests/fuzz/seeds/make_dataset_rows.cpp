// Seeds of dataset_rows: dataset_seeds SEASON FOLDER. A file a dataset of the catalog, made of
// the demo season's answers, of whose lists a few items are left.

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

json answer(const fs::path& file) {
  std::ifstream stream(file);
  auto read = json::parse(stream);
  cut(read);
  return read;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("usage: dataset_seeds SEASON FOLDER");
  for (const auto* dataset : nbasync::catalog()) {
    std::ofstream seed(fs::path(argv[2]) / dataset->name);
    seed << dataset->name;
    for (const auto& request : dataset->requests(nbasync::fuzz::season())) {
      seed << nbasync::fuzz::kSeparator
           << answer(fs::path(argv[1]) / nbasync::replay_file_name(request)).dump();
    }
    if (!seed.flush()) throw std::runtime_error("a seed cannot be written");
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
