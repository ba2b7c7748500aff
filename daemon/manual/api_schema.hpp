#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace nbasync {

// What kind of value a schema takes, in a few words: "integer or null, 1 to 20, else 5".
std::string kind_of(const nlohmann::json& schema);

// The members of an object, as items of a list.
std::string members_of(const nlohmann::json& schema);

}  // namespace nbasync
