#pragma once

#include <string>

#include "config/yaml_node.hpp"

namespace nbasync {

// Reads the subset of YAML that a configuration needs: one document of maps, lists and scalars in
// UTF-8. Duplicate keys, anchors, aliases, tags, deep nesting and binary data are errors; so no
// file of the permitted size (1 MiB) takes long. `name` is what messages call the file. Throws
// Error(kBadConfiguration).
YamlNode parse_yaml(const std::string& text, const std::string& name);

}  // namespace nbasync
