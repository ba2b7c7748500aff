#include "config/dump.hpp"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>
#include <yaml-cpp/stlemitter.h>

#include <cstddef>
#include <string>
#include <vector>

#include "config/describe.hpp"

namespace nbasync {
namespace {

void emit_keys(YAML::Emitter& out, const std::vector<Key>& keys, const std::string& prefix,
               const Origins& origins);

void emit_value(YAML::Emitter& out, const Key& key, const std::string& path,
                const Origins& origins) {
  if (key.words) {
    out << YAML::Flow << key.words();
  } else if (const auto text = key.write()) {
    out << *text;
  } else {
    out << YAML::Null;
  }
  const auto origin = origins.find(path);
  out << YAML::Comment(origin == origins.end() ? "default" : origin->second);
}

void emit_list(YAML::Emitter& out, const Key& list, const std::string& path,
               const Origins& origins) {
  const auto items = list.items();
  out << YAML::BeginSeq;
  for (std::size_t i = 0; i < items.size(); ++i) {
    emit_keys(out, items[i].keys, path + '[' + std::to_string(i) + "].", origins);
  }
  out << YAML::EndSeq;
}

void emit_keys(YAML::Emitter& out, const std::vector<Key>& keys, const std::string& prefix,
               const Origins& origins) {
  out << YAML::BeginMap;
  for (const auto& key : keys) {
    if (!key.present()) continue;
    const auto path = prefix + key.name;
    out << YAML::Key << key.name << YAML::Value;
    if (key.is_list()) {
      emit_list(out, key, path, origins);
    } else if (key.is_section()) {
      emit_keys(out, key.keys, path + '.', origins);
    } else {
      emit_value(out, key, path, origins);
    }
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
