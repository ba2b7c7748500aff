#include <filesystem>
#include <fstream>
#include <string>

#include "config/dump.hpp"
#include "config/load.hpp"
#include "fuzz/fuzz.hpp"
#include "support/temporary_directory.hpp"

// YAML to Config: the main file and, behind it, drop-ins.

namespace {

using namespace nbasync;
namespace fs = std::filesystem;

class Folder {
 public:
  Folder() { fs::create_directory(drop_ins_); }

  LoadedConfig load(std::string_view input) const {
    const auto texts = fuzz::parts_of(input);
    write(main_, texts.front());
    for (std::size_t i = 1; i <= kDropIns; ++i) {
      const auto file = drop_ins_ / (std::to_string(i) + ".yaml");
      if (i < texts.size()) {
        write(file, texts[i]);
      } else {
        fs::remove(file);
      }
    }
    return load_config({.main = main_, .must_exist = true, .drop_ins = drop_ins_});
  }

 private:
  static constexpr std::size_t kDropIns = 2;

  static void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
  }

  testing::TemporaryDirectory directory_;
  const fs::path main_ = directory_.path() / "nbasyncd.yaml";
  const fs::path drop_ins_ = directory_.path() / "conf.d";
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  LoadedConfig loaded;
  if (!fuzz::takes([&] { loaded = folder.load(fuzz::text_of(data, size)); })) return 0;
  // Secrets of these are masked.
  loaded.config.upstream.proxy.reset();
  loaded.config.upstream.headers = FetcherOptions().headers;
  const auto dump = dump_config(loaded.config, loaded.origins);
  fuzz::require(folder.load(dump).config == loaded.config, "a dump is read back to the same");
  return 0;
}
