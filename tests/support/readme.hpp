#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace nbasync::testing {

// What stands between two fences of the README.
struct Block {
  std::string chapter;   // the words of its heading, of the second level
  std::string language;  // empty: none is named
  std::string text;
};

// All of them, in their order. The README is that of the folder `source`.
inline std::vector<Block> readme_blocks(const std::string& source) {
  std::ifstream file(source + "/README.md");
  std::vector<Block> blocks;
  std::string chapter;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) blocks.push_back({chapter, line.substr(3), {}});
    } else if (inside) {
      blocks.back().text += line + "\n";
    } else if (line.starts_with("## ")) {
      chapter = line.substr(3);
    }
  }
  return blocks;
}

// The n-th block of a language in a chapter, from 0.
inline std::string readme_block(const std::string& source, const std::string& chapter,
                                const std::string& language, int n = 0) {
  for (const auto& block : readme_blocks(source)) {
    if (block.chapter == chapter && block.language == language && n-- == 0) return block.text;
  }
  throw std::runtime_error("the README's chapter " + chapter + " has no such block: " + language);
}

// The block that has this text.
inline std::string readme_block_with(const std::string& source, const std::string& text) {
  for (const auto& block : readme_blocks(source)) {
    if (block.text.find(text) != std::string::npos) return block.text;
  }
  throw std::runtime_error("the README has no block with " + text);
}

}  // namespace nbasync::testing
