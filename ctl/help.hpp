#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace nbasync::ctl {

// Writes the help of the program and of its verbs. What a verb's definition has set as its footer
// are the examples.
class HelpFormatter final : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;
};

}  // namespace nbasync::ctl
