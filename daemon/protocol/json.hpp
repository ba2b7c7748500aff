#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

// The JSON of all that has a list of its fields (model/fields.hpp), and of lists of it. Times are
// UTC, ISO 8601; absent values are null. For the types that json.cpp names.
namespace nbasync::protocol {

template <typename T>
nlohmann::json to_json(const T& value);

// The same as text, its keys in the order of the list. For the types that json.cpp names.
template <typename T>
std::string to_json_text(const T& value);

// What is absent or null stays as T has it, what T does not know is passed over. Throws
// Error(kInternal) that names the key for a value of another type than the field's.
template <typename T>
T from_json(const nlohmann::json& json);

// Adds to a T's JSON that came over D-Bus what that leaves out: nulls and empty lists. There an
// empty dictionary stands for a part that is absent.
template <typename T>
void add_absent(nlohmann::json& json);

}  // namespace nbasync::protocol
