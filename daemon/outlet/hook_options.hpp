#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace nbasync {

// Whom to tell that a run has changed something: a URL, or a unit of systemd that is started.
struct HookOptions {
  // A word of `on`, beside the datasets.
  static constexpr std::string_view kCorrections = "corrections";

  std::string name;
  std::vector<std::string> on;  // datasets whose change counts, and kCorrections; empty: any change
  std::optional<std::string> url;                   // http(s)://…, may hold user and password
  std::optional<std::string> unit;                  // kUnitBegin…kUnitEnd
  std::optional<std::filesystem::path> token_file;  // of the URL: sent as a bearer token
  Duration timeout{10'000};                         // of one try
  int retries = 5;                                  // tries in all

  // The daemon may start the units with such names, and no others: nbasync.rules of polkit.
  static constexpr std::string_view kUnitBegin = "nbasync-hook-";
  static constexpr std::string_view kUnitEnd = ".service";

  bool operator==(const HookOptions&) const = default;
};

}  // namespace nbasync
