#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace nbasync::testing {

// What stands between two fences in a chapter of the README.
struct Block {
  std::string language;  // empty: none is named
  std::string text;
};

// The blocks of a chapter, in their order.
class Chapter {
 public:
  explicit Chapter(const std::string& heading) {
    std::ifstream file(NBASYNC_SOURCE "/README.md");
    bool here = false;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("```")) {
        inside = !inside;
        if (here && inside) blocks_.push_back({line.substr(3), {}});
      } else if (inside) {
        if (here) blocks_.back().text += line + "\n";
      } else if (line.starts_with("## ")) {
        here = line == "## " + heading;
      }
    }
  }

  // The n-th block of a language, from 0.
  const std::string& block(const std::string& language, int n = 0) const {
    for (const auto& block : blocks_) {
      if (block.language == language && n-- == 0) return block.text;
    }
    throw std::runtime_error("the README's chapter has no such block: " + language);
  }

 private:
  std::vector<Block> blocks_;
};

}  // namespace nbasync::testing
