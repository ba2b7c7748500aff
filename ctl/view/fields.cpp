#include "ctl/view/fields.hpp"

#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

const json* find(const json& object, const char* key) {
  const auto at = object.find(key);
  return at == object.end() ? nullptr : &*at;
}

}  // namespace

std::string text_at(const json& object, const char* key) {
  const auto* value = find(object, key);
  return value != nullptr && value->is_string() ? printable(value->get_ref<const std::string&>())
                                                : std::string();
}

std::int64_t count_at(const json& object, const char* key) {
  return static_cast<std::int64_t>(number_at(object, key).value_or(0));
}

std::optional<double> number_at(const json& object, const char* key) {
  const auto* value = find(object, key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->get<double>();
}

std::optional<SystemTime> time_at(const json& object, const char* key) {
  return parse_utc(text_at(object, key));
}

bool flag_at(const json& object, const char* key) {
  const auto* value = find(object, key);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

const json& list_at(const json& object, const char* key) {
  static const json kEmpty = json::array();
  const auto* value = find(object, key);
  return value != nullptr && value->is_array() ? *value : kEmpty;
}

std::string words_at(const json& object, const char* key) {
  std::string words;
  for (const auto& word : list_at(object, key)) {
    if (!word.is_string()) continue;
    words += (words.empty() ? "" : ", ") + printable(word.get_ref<const std::string&>());
  }
  return words;
}

}  // namespace nbasync::ctl
