#pragma once

#include <nlohmann/json_fwd.hpp>

// What json.hpp writes, described: JSON Schema in the dialect of OpenAPI 3.1, from the same lists
// of fields. For the types that schema.cpp names.
namespace nbasync::protocol {

// A reference to the schema of a T, which is called by the type's name. That, and those that it
// refers to, are put into `components`, an object.
template <typename T>
nlohmann::json schema_of(nlohmann::json& components);

// The reference by that name.
nlohmann::json schema_reference(const char* name);

// The same schema, of what may be null besides.
nlohmann::json or_null(nlohmann::json schema);

}  // namespace nbasync::protocol
