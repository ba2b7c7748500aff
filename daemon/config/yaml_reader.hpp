#pragma once

#include <memory>
#include <string>

#include "config/yaml_node.hpp"

namespace nbasync {

// A file's tree. Its marks point to the file's name, so it moves only as a whole.
struct YamlDocument {
  std::unique_ptr<const std::string> file;
  YamlNode root;
};

// Reads the subset of YAML that a configuration needs: one document of maps, lists and scalars in
// UTF-8. Duplicate keys, anchors, aliases, tags, deep nesting and binary data are errors; so no
// file of the permitted size (1 MiB) takes long. `name` is what messages call the file. Throws
// Error(kBadConfiguration).
YamlDocument parse_yaml(const std::string& text, const std::string& name);

}  // namespace nbasync
