#include "control/sync_body.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "control/argument.hpp"
#include "dataset/catalog.hpp"
#include "model/sync_wish.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

constexpr std::string_view kType = "sync_type";
constexpr int kDeepest = 8;  // levels of JSON; one is all that is needed

[[noreturn]] void refuse_key(std::string_view name, std::string_view why) {
  throw Error(Errc::kInvalidArgument, format("'{}': {}", name, why));
}

json parse_object(const std::string& text) {
  const auto shallow = [](int depth, json::parse_event_t, json&) {
    if (depth > kDeepest) {
      throw Error(Errc::kInvalidArgument, "request body: is nested too deeply");
    }
    return true;
  };
  try {
    auto object = json::parse(text, shallow);
    if (object.is_object()) return object;
  } catch (const json::exception&) {
    throw Error(Errc::kInvalidArgument,
                R"(request body: is no JSON; write {"sync_type":"full"}, for example)");
  }
  throw Error(Errc::kInvalidArgument,
              R"(request body: must be a JSON object like {"sync_type":"full"})");
}

std::string read_text(std::string_view name, const json& value) {
  if (!value.is_string()) refuse_key(name, "must be a string");
  return value.get<std::string>();
}

bool read_flag(std::string_view name, const json& value) {
  if (!value.is_boolean()) refuse_key(name, "must be true or false");
  return value.get<bool>();
}

Duration read_duration(std::string_view name, const json& value) {
  if (value.is_number()) return parse_seconds_or_duration(name, value.dump());
  if (value.is_string()) return parse_seconds_or_duration(name, value.get<std::string>());
  refuse_key(name, "must be a number of seconds, or a duration like \"5m\"");
}

// Reads a value as the kind of its place wants it.
struct Reader {
  const SyncOption& option;
  const json& value;

  void operator()(std::string& place) const { place = read_text(option.name, value); }
  void operator()(bool& place) const { place = read_flag(option.name, value); }
  void operator()(std::optional<bool>& place) const { place = read_flag(option.name, value); }
  void operator()(std::optional<Duration>& place) const {
    place = read_duration(option.name, value);
    if (!option.zero && *place == Duration::zero()) refuse_key(option.name, "must be more than 0");
  }
  template <Worded Enum>
  void operator()(std::optional<Enum>& place) const {
    const auto word = read_text(option.name, value);
    place = parse_word<Enum>(word);
    if (place) return;
    refuse_key(option.name, format("{} is none of {}", in_quotes(word, kLongestExcerpt),
                                   joined(words_of<Enum>())));
  }
};

// False if there is no such key.
bool read_key(SyncWish& wish, const std::string& name, const json& value) {
  bool known = name == kType;
  if (known) wish.sync_type = read_text(name, value);
  visit_options(wish, [&](const SyncOption& option, auto& place) {
    if (option.name != name || (option.doors & kHttpDoor) == 0) return;
    Reader{option, value}(place);
    known = true;
  });
  return known;
}

// What kind of value an option takes, by its place in a wish.
struct Describer {
  const SyncOption& option;
  json& schema;

  void operator()(const std::string&) const { schema["type"] = {"string", "null"}; }
  void operator()(bool) const { schema["type"] = {"boolean", "null"}; }
  void operator()(const std::optional<bool>&) const { (*this)(bool()); }
  void operator()(const std::optional<Duration>&) const {
    schema["type"] = {"number", "string", "null"};
    schema[option.zero ? "minimum" : "exclusiveMinimum"] = 0;
    schema["maximum"] = std::chrono::duration_cast<std::chrono::seconds>(kLongestOption).count();
    schema["examples"] = {kDurationExample, 90};
  }
  template <Worded Enum>
  void operator()(const std::optional<Enum>&) const {
    schema["type"] = {"string", "null"};
    for (const auto& [value, word] : Words<Enum>::table) schema["enum"].push_back(word);
    schema["enum"].push_back(nullptr);
  }
};

}  // namespace

json sync_body_schema() {
  json properties{{kType,
                   {{"type", "string"},
                    {"enum", sync_types()},
                    {"description", "what to sync; full is all that sync.full lists"}}}};
  const SyncWish wish;
  visit_options(wish, [&](const SyncOption& option, const auto& place) {
    if ((option.doors & kHttpDoor) == 0) return;
    json schema{{"description", option.help}};
    Describer{option, schema}(place);
    properties[std::string(option.name)] = std::move(schema);
  });
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", {kType}},
          {"additionalProperties", false}};
}

SyncRequest parse_sync_body(const std::string& text) {
  SyncRequest request;
  request.triggered_by = "http";
  const auto object = parse_object(text);
  for (const auto& [name, value] : object.items()) {
    if (value.is_null() || read_key(request, name, value)) continue;
    auto known = option_names(kHttpDoor);
    known.insert(known.begin(), kType);
    throw Error(Errc::kInvalidArgument,
                format("unknown key {}{}", in_quotes(name, kLongestExcerpt), suggest(name, known)));
  }
  if (request.sync_type.empty()) refuse_key(kType, "is missing; \"full\" syncs it all");
  return request;
}

}  // namespace nbasync
