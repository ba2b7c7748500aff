#include "db/json_text.hpp"

#include <iterator>
#include <type_traits>

#include "base/format.hpp"

namespace nbasync {

void append_json_cell(std::string& json, const Cell& cell) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    append_json_string(json, *text);
  } else if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    fmt::format_to(std::back_inserter(json), "{}", *integer);
  } else if (const auto* real = std::get_if<double>(&cell)) {
    append_json_number(json, *real);
  } else {
    json += "null";
  }
}

void append_json_value(std::string& json, const Value& value) {
  append_json_cell(json, std::visit(
                             [](const auto& held) -> Cell {
                               using Held = std::decay_t<decltype(held)>;
                               if constexpr (std::is_same_v<Held, std::string>) {
                                 return std::string_view(held);
                               } else {
                                 return held;
                               }
                             },
                             value));
}

}  // namespace nbasync
