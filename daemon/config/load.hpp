#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace nbasync {

// "FILE:LINE" of each key that a file sets, by its dotted name: "database.path".
using Origins = std::map<std::string, std::string>;

struct LoadedConfig {
  Config config;
  Origins origins;
  std::vector<std::filesystem::path> ignored;  // of drop_ins: their names do not end with .yaml
};

// Where the configuration is. The defaults are the installed places; a file named by the operator
// must exist. No drop_ins: there are none.
struct ConfigFiles {
  std::filesystem::path main = "/etc/nbasync/nbasyncd.yaml";
  bool must_exist = false;
  std::filesystem::path drop_ins = "/etc/nbasync/conf.d";
};

// The built-in values, overridden key by key by the main file and then by each drop_ins/*.yaml in
// lexical order. No side effects. Throws Error(kBadConfiguration) with the first mistake, as
// "FILE:LINE:COLUMN: what; hint".
LoadedConfig load_config(const ConfigFiles& files);

}  // namespace nbasync
