#pragma once

#include <string>
#include <string_view>

namespace nbasync {

// Appends text as a JSON string. Bytes that are no UTF-8 become U+FFFD.
void append_json_string(std::string& json, std::string_view text);

// Appends a number; one that JSON does not know (infinity) becomes null.
void append_json_number(std::string& json, double number);

}  // namespace nbasync
