// In libFuzzer's place: gives the target each file that is named, or lies in a folder that is
// named, once.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <string>

#include "support/file_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

void give(const fs::path& file) {
  std::printf("%s\n", file.c_str());
  std::fflush(stdout);
  const std::string text = nbasync::testing::file_text(file);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int argc, char** argv) {
  int given = 0;
  for (int i = 1; i < argc; ++i) {
    if (!fs::is_directory(argv[i])) {
      give(argv[i]);
      ++given;
      continue;
    }
    for (const auto& entry : fs::directory_iterator(argv[i])) {
      give(entry.path());
      ++given;
    }
  }
  return given > 0 ? 0 : 1;
}
