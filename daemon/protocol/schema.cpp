#include "protocol/schema.hpp"

#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "model/sync_event.hpp"
#include "protocol/backfill.hpp"
#include "protocol/change.hpp"
#include "protocol/diagnosis.hpp"
#include "protocol/dictionary.hpp"
#include "protocol/replies.hpp"
#include "protocol/run_answers.hpp"
#include "protocol/shape.hpp"
#include "protocol/status.hpp"

namespace nbasync::protocol {
namespace {

using nlohmann::json;

// "RunRecord", as the compiler writes it.
template <typename T>
std::string name_of_type() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("T = ") + 4);
  text = text.substr(0, text.find_first_of(";]"));
  return std::string(text.substr(text.rfind(':') + 1));
}

template <std::integral T>
json schema_of_number() {
  json schema{{"type", "integer"}};
  if (std::is_unsigned_v<T>) schema["minimum"] = 0;
  if (sizeof(T) == sizeof(std::int64_t)) schema["format"] = "int64";
  return schema;
}

// Of a value that is there.
template <typename T>
json schema_of_value(json& components) {
  if constexpr (is_pointer<T>) {
    return schema_of_value<std::remove_const_t<typename T::element_type>>(components);
  } else if constexpr (is_optional<T>) {
    return schema_of_value<typename T::value_type>(components);
  } else if constexpr (std::is_same_v<T, SystemTime>) {
    return {{"type", "string"}, {"format", "date-time"}};
  } else if constexpr (Worded<T>) {
    return {{"type", "string"}, {"enum", words_of<T>()}};
  } else if constexpr (Fielded<T>) {
    return schema_of<T>(components);
  } else if constexpr (std::is_same_v<T, CellTexts>) {
    // The daemon tells numbers as numbers.
    return {{"type", "object"}, {"additionalProperties", {{"type", {"string", "number", "null"}}}}};
  } else if constexpr (is_dictionary<T>) {
    return {{"type", "object"},
            {"additionalProperties", schema_of_value<typename T::mapped_type>(components)}};
  } else if constexpr (is_vector<T>) {
    return {{"type", "array"}, {"items", schema_of_value<typename T::value_type>(components)}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::integral<T>) {
    return schema_of_number<T>();
  } else if constexpr (std::is_same_v<T, double>) {
    return {{"type", "number"}};
  } else {
    static_assert(std::is_same_v<T, std::string>);
    return {{"type", "string"}};
  }
}

template <typename T>
json schema_of_member(const Field& field, json& components) {
  auto schema = schema_of_value<T>(components);
  const bool omitted = (field.form & kOmitted) != 0;
  if (!omitted && (is_optional<T> || (field.form & kNullable) != 0)) schema = or_null(schema);
  if (*field.help != '\0') schema["description"] = field.help;
  return schema;
}

}  // namespace

json or_null(json schema) {
  if (!schema.contains("type")) return {{"anyOf", {std::move(schema), {{"type", "null"}}}}};
  schema["type"] = {schema["type"], "null"};
  if (schema.contains("enum")) schema["enum"].push_back(nullptr);
  return schema;
}

json schema_reference(const char* name) {
  return {{"$ref", std::string("#/components/schemas/") + name}};
}

template <typename T>
json schema_of(json& components) {
  const auto name = name_of_type<T>();
  if (!components.contains(name)) {
    components[name] = json::object();  // a run has runs
    auto properties = json::object();
    auto required = json::array();
    const T pattern{};
    visit_fields(pattern, [&]<typename Member>(const Field& field, const Member&) {
      properties[field.name] = schema_of_member<Member>(field, components);
      if ((field.form & kOmitted) == 0) required.push_back(field.name);
    });
    components[name] = {{"type", "object"},
                        {"properties", std::move(properties)},
                        {"required", std::move(required)}};
  }
  return schema_reference(name.c_str());
}

template json schema_of<BackfillBegun>(json&);
template json schema_of<BackfillReport>(json&);
template json schema_of<BackfillStopped>(json&);
template json schema_of<BackfillWish>(json&);
template json schema_of<Admission>(json&);
template json schema_of<Cancellation>(json&);
template json schema_of<Change>(json&);
template json schema_of<Changes>(json&);
template json schema_of<DataSchema>(json&);
template json schema_of<Diagnosis>(json&);
template json schema_of<Done>(json&);
template json schema_of<Explanation>(json&);
template json schema_of<PauseState>(json&);
template json schema_of<Problem>(json&);
template json schema_of<RunAnswer>(json&);
template json schema_of<Runs>(json&);
template json schema_of<Schedules>(json&);
template json schema_of<Status>(json&);
template json schema_of<SyncAnswer>(json&);
template json schema_of<SyncEvent>(json&);

}  // namespace nbasync::protocol
