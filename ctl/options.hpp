#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace CLI {
class App;
}

namespace nbasync::ctl {

// Adds an option that takes a duration like 30s or 2h30m.
void add_duration(CLI::App& app, const std::string& name, std::optional<Duration>& value,
                  const std::string& summary);

// Adds an option that takes one of the words; another is a usage error that names the nearest.
void add_choice(CLI::App& app, const std::string& name, std::string& value,
                std::vector<std::string_view> words, const std::string& summary);

}  // namespace nbasync::ctl
