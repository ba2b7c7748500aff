#pragma once

#include <sdbus-c++/Types.h>

#include <cstdint>
#include <map>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace nbasync {

using VariantMap = std::map<std::string, sdbus::Variant>;

// A JSON object as a{sv}: strings s, true and false b, integers x, other numbers d, lists of
// strings as, lists of objects aa{sv} (an empty list, too), objects a{sv}. What is null is left
// out, as D-Bus has no null.
VariantMap to_variants(const nlohmann::json& object);

}  // namespace nbasync
