#include "bus/variant.hpp"

#include <vector>

#include <nlohmann/json.hpp>

namespace nbasync {
namespace {

sdbus::Variant to_variant(const nlohmann::json& value) {
  if (value.is_boolean()) return {value.get<bool>()};
  if (value.is_number_integer()) return {value.get<std::int64_t>()};
  if (value.is_number()) return {value.get<double>()};
  if (value.is_object()) return {to_variants(value)};
  if (value.is_array() && !value.empty() && value.front().is_string()) {
    return {value.get<std::vector<std::string>>()};
  }
  if (value.is_array()) {
    std::vector<VariantMap> items;
    for (const auto& item : value) items.push_back(to_variants(item));
    return {items};
  }
  return {value.get<std::string>()};
}

}  // namespace

VariantMap to_variants(const nlohmann::json& object) {
  VariantMap variants;
  for (const auto& [key, value] : object.items()) {
    if (!value.is_null()) variants.emplace(key, to_variant(value));
  }
  return variants;
}

}  // namespace nbasync
