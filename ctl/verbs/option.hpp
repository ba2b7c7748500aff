#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"

namespace nbasync::ctl {

// One option or operand of a command line, as a verb declares it. ctl/app reads the command line by
// such lists, and writes the help and the messages about mistakes from them.
struct Option {
  // Takes a word; false for one that it does not know.
  using Take = std::function<bool(std::string_view)>;

  // Where the value goes: a flag, a text, a number of 1 or more, a number of 0 or more, a duration
  // like 30s, or whoever takes a word. It keeps what it has when the command line does not say.
  // Must live until the command line has been read.
  using Place = std::variant<bool*, std::optional<bool>*, std::string*, unsigned*,
                             std::optional<std::int64_t>*, std::optional<Duration>*, Take>;

  std::string name;  // "--check", "-n,--limit"; an operand has no dash: "RUN"
  std::string_view help;
  Place place;
  std::string value = {};                       // its name in the help: "SEASON"
  std::vector<std::string_view> words = {};     // that Take knows, for the help
  unsigned most = 0;                            // of a number
  bool required = false;                        // of an operand
  std::vector<std::string_view> not_with = {};  // options that it cannot stand beside
};

}  // namespace nbasync::ctl
