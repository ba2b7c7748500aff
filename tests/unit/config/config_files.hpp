#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "config/load.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A folder of configuration files that goes away with the object.
class ConfigFolder {
 public:
  const std::filesystem::path& path() const { return directory_.path(); }

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    auto file = path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  // Loads nbasyncd.yaml and conf.d of this folder.
  LoadedConfig load() const {
    return load_config({.main = path() / "nbasyncd.yaml", .drop_ins = path() / "conf.d"});
  }

 private:
  TemporaryDirectory directory_;
};

// The configuration that the text of a main file gives.
inline Config load_text(std::string_view text) {
  const ConfigFolder folder;
  folder.write("nbasyncd.yaml", text);
  return folder.load().config;
}

// What is said about a main file with a mistake, from the line on: "2:3: …".
inline std::string complaint(std::string_view text) {
  const ConfigFolder folder;
  const auto file = folder.write("nbasyncd.yaml", text).string();
  try {
    folder.load();
  } catch (const Error& error) {
    const std::string message = error.what();
    if (error.code() != Errc::kBadConfiguration) return "wrong code: " + message;
    if (message.rfind(file + ':', 0) != 0) return "file not named: " + message;
    return message.substr(file.size() + 1);
  }
  return "accepted";
}

}  // namespace nbasync::testing
