#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <map>
#include <string>

#include <nlohmann/json.hpp>

namespace nbasync::ctl {

using Dict = std::map<std::string, sdbus::Variant>;

// Any dictionary of the daemon's as JSON. A value of a type that the interface does not use throws
// Error.
nlohmann::json dict_json(const Dict& dict);

// A run and a status with the keys that the bus leaves out, as null.
nlohmann::json run_json(const Dict& run);
nlohmann::json status_json(const Dict& status);

}  // namespace nbasync::ctl
