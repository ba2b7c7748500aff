#include "config/dump.hpp"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <vector>

#include "config/describe.hpp"

namespace nbasync {
namespace {

void emit_keys(YAML::Emitter& out, const std::vector<Key>& keys, const std::string& prefix,
               const Origins& origins) {
  out << YAML::BeginMap;
  for (const auto& key : keys) {
    const auto path = prefix + key.name;
    out << YAML::Key << key.name << YAML::Value;
    if (key.is_section()) {
      emit_keys(out, key.keys, path + '.', origins);
      continue;
    }
    if (const auto text = key.write()) {
      out << *text;
    } else {
      out << YAML::Null;
    }
    const auto origin = origins.find(path);
    out << YAML::Comment(origin == origins.end() ? "default" : origin->second);
  }
  out << YAML::EndMap;
}

}  // namespace

std::string dump_config(const Config& config, const Origins& origins) {
  Config copy = config;  // keys are bound to what they could change
  YAML::Emitter out;
  emit_keys(out, describe(copy), "", origins);
  return std::string(out.c_str(), out.size()) + '\n';
}

}  // namespace nbasync
