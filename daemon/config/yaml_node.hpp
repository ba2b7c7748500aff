#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace nbasync {

// Where a word of a configuration file stands; lines and columns count from 1.
struct YamlMark {
  std::shared_ptr<const std::string> file;  // never null in a parsed tree
  int line = 1;
  int column = 1;
};

// A part of a YAML document, as written: plain scalars keep their text, nothing is converted.
struct YamlNode {
  enum class Kind { kNull, kScalar, kSequence, kMap };
  struct Member;

  Kind kind = Kind::kNull;
  YamlMark mark;
  std::string text;             // of a scalar
  bool quoted = false;          // of a scalar: never a number or a truth value
  std::vector<YamlNode> items;  // of a sequence
  std::vector<Member> members;  // of a map, in the order of the file, keys unique
};

struct YamlNode::Member {
  std::string key;
  YamlMark mark;  // of the key
  YamlNode value;
};

// Error(kBadConfiguration) "FILE:LINE:COLUMN: what".
[[nodiscard]] Error error_at(const YamlMark& mark, const std::string& what);

}  // namespace nbasync
