#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "config/load.hpp"

namespace nbasync::testing {

// A folder of configuration files that goes away with the object.
class ConfigFolder {
 public:
  ConfigFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "nbasync-config-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~ConfigFolder() { std::filesystem::remove_all(path_); }
  ConfigFolder(const ConfigFolder&) = delete;
  ConfigFolder& operator=(const ConfigFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  // Loads nbasyncd.yaml and conf.d of this folder.
  LoadedConfig load() const {
    return load_config({.main = path_ / "nbasyncd.yaml", .drop_ins = path_ / "conf.d"});
  }

 private:
  std::filesystem::path path_;
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
