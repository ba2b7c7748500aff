#pragma once

#include <string>
#include <string_view>

// What upstream might do to its JSON one day. A "column" is an entry of a result set's headers with
// its cells, or a key of an object at any depth. A body that is not JSON throws.
namespace nbasync::testing {

std::string rename_column(const std::string& body, std::string_view from, const std::string& to);
std::string drop_column(const std::string& body, std::string_view name);
// Every cell of the column becomes this text, unquoted: "NaN", "1e999", "\"x\"", "[1]".
std::string set_cells(const std::string& body, std::string_view name, std::string_view text);
std::string without_rows(const std::string& body);
std::string with_a_tenth(const std::string& body);  // of the rows
std::string without_result_sets(const std::string& body);
std::string with_narrow_row(const std::string& body);  // the first row lacks its last cell
std::string with_duplicate_rows(const std::string& body);
std::string with_invalid_utf8(const std::string& body);
std::string deep_json(int depth);

}  // namespace nbasync::testing
