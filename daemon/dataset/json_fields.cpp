#include "dataset/json_fields.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/value.hpp"
#include "dataset/whole_number.hpp"

namespace nbasync {
namespace {

namespace dom = simdjson::dom;

}  // namespace

JsonFields::JsonFields(dom::element object, std::string place) : place_(std::move(place)) {
  if (object.get(object_) != simdjson::SUCCESS) malformed("is not an object");
}

std::optional<std::string_view> JsonFields::text(std::string_view name) const {
  const auto value = member(name);
  if (!value) return std::nullopt;
  std::string_view text;
  if (value->get(text) != simdjson::SUCCESS) malformed(format("{} is not text", name));
  text = trimmed(text, kBlanksOfLines);
  if (text.size() > kLongestText) malformed(format("{}: {}", name, too_long(text)));
  return text;
}

std::optional<std::int64_t> JsonFields::integer(std::string_view name) const {
  const auto value = member(name);
  if (!value) return std::nullopt;
  const auto number = whole_number(*value);
  if (!number && is_too_large(*value)) malformed(format("{} is too large", name));
  if (!number) malformed(format("{} is not a whole number", name));
  return number;
}

std::optional<bool> JsonFields::flag(std::string_view name) const {
  const auto value = member(name);
  if (!value) return std::nullopt;
  bool flag = false;
  if (value->get(flag) == simdjson::SUCCESS) return flag;
  if (const auto word = text(name); word == "true" || word == "false") return word == "true";
  malformed(format("{} is neither true nor false", name));
}

JsonFields JsonFields::object(std::string_view name) const {
  const auto value = member(name);
  if (!value) malformed(format("{} is missing; upstream may have renamed it", name));
  return {*value, format("{} {}", place_, name)};
}

dom::array JsonFields::array(std::string_view name) const {
  const auto value = member(name);
  if (!value) malformed(format("{} is missing; upstream may have renamed it", name));
  dom::array list;
  if (value->get(list) != simdjson::SUCCESS) malformed(format("{} is not a list", name));
  return list;
}

void JsonFields::malformed(std::string_view why) const {
  throw Error(Errc::kUpstreamMalformed, format("{}: {}", place_, why));
}

std::optional<dom::element> JsonFields::member(std::string_view name) const {
  dom::element value;
  if (object_[name].get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
  return value;
}

}  // namespace nbasync
