#include "protocol/json.hpp"

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "model/sync_event.hpp"
#include "protocol/backfill.hpp"
#include "protocol/change.hpp"
#include "protocol/diagnosis.hpp"
#include "protocol/dictionary.hpp"
#include "protocol/game.hpp"
#include "protocol/hook.hpp"
#include "protocol/json_sinks.hpp"
#include "protocol/player.hpp"
#include "protocol/replies.hpp"
#include "protocol/run_answers.hpp"
#include "protocol/shape.hpp"
#include "protocol/standing.hpp"
#include "protocol/status.hpp"
#include "protocol/tell.hpp"

namespace nbasync::protocol {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const char* name, const char* wanted) {
  throw Error(Errc::kInternal, format("'{}' must be {}", name, wanted));
}

template <std::integral T>
bool is_in_range(const json& number) {
  if (number.is_number_unsigned()) return std::in_range<T>(number.get<std::uint64_t>());
  if (number.is_number_integer()) return std::in_range<T>(number.get<std::int64_t>());
  const auto value = number.get<double>();
  const auto limit = std::ldexp(1.0, std::numeric_limits<T>::digits);
  return value == std::floor(value) && value < limit && value >= (std::is_signed_v<T> ? -limit : 0);
}

void read_cells(const char* name, const json& from, CellTexts& cells) {
  if (!from.is_object()) refuse(name, "an object");
  for (const auto& [column, cell] : from.items()) {
    auto& text = cells[column];
    if (!cell.is_null()) text = cell.is_string() ? cell.get<std::string>() : cell.dump();
  }
}

template <typename T>
void read(const char* name, const json& from, T& value) {
  if (from.is_null()) return;
  if constexpr (is_pointer<T>) {
    auto pointee = std::make_shared<std::remove_const_t<typename T::element_type>>();
    read(name, from, *pointee);
    value = std::move(pointee);
  } else if constexpr (is_optional<T>) {
    read(name, from, value.emplace());
  } else if constexpr (std::is_same_v<T, SystemTime>) {
    if (!from.is_string()) refuse(name, "a time");
    const auto time = parse_utc(from.get_ref<const std::string&>());
    if (!time) refuse(name, "a time");
    value = *time;
  } else if constexpr (Worded<T>) {
    if (!from.is_string()) refuse(name, "a word");
    value = read_word<T>(from.get_ref<const std::string&>());
  } else if constexpr (Fielded<T>) {
    if (!from.is_object()) refuse(name, "an object");
    visit_fields(value, [&](const Field& field, auto& member) {
      const auto found = from.find(field.name);
      if (found != from.end()) read(field.name, *found, member);
    });
  } else if constexpr (std::is_same_v<T, CellTexts>) {
    read_cells(name, from, value);
  } else if constexpr (is_vector<T>) {
    if (!from.is_array()) refuse(name, "a list");
    for (const auto& item : from) read(name, item, value.emplace_back());
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!from.is_boolean()) refuse(name, "true or false");
    value = from.get<bool>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!from.is_string()) refuse(name, "a text");
    value = from.get_ref<const std::string&>();
  } else if constexpr (std::integral<T>) {
    if (!from.is_number()) refuse(name, "a number");
    if (!is_in_range<T>(from)) refuse(name, "a whole number that is not too large");
    value = from.get<T>();
  } else {
    if (!from.is_number()) refuse(name, "a number");
    value = from.get<T>();
  }
}

// What D-Bus leaves out of a value, and in it.
template <typename T>
void restore(const Field& field, json& object, const T&) {
  const auto found = object.find(field.name);
  if constexpr (is_optional<T>) {
    using Value = std::remove_cvref_t<decltype(*std::declval<T>())>;
    if (found == object.end()) {
      if ((field.form & kOmitted) == 0) object[field.name] = nullptr;
    } else if (Fielded<Value> && found->empty()) {
      *found = nullptr;
    } else if constexpr (Fielded<Value>) {
      add_absent<Value>(*found);
    }
  } else if constexpr (Fielded<T>) {
    if (found != object.end()) add_absent<T>(*found);
  } else if (found == object.end()) {
    const bool nullable = (field.form & kNullable) != 0;
    if (nullable) {
      object[field.name] = nullptr;
    } else if (is_vector<T> && (field.form & kOmitted) == 0) {
      object[field.name] = json::array();
    }
  } else if constexpr (is_vector<T>) {
    if constexpr (Fielded<typename T::value_type>) {
      for (auto& item : *found) add_absent<typename T::value_type>(item);
    }
  }
}

}  // namespace

template <typename T>
json to_json(const T& value) {
  JsonTree tree;
  tell(tree, Field{""}, value);
  return tree.take();
}

template <typename T>
std::string to_json_text(const T& value) {
  std::string text;
  JsonText sink(text);
  tell(sink, Field{""}, value);
  return text;
}

template <typename T>
T from_json(const json& from) {
  T value{};
  read("", from, value);
  return value;
}

template <typename T>
void add_absent(json& object) {
  const T pattern{};
  visit_fields(pattern,
               [&](const Field& field, const auto& member) { restore(field, object, member); });
}

#define NBASYNC_JSON_OF(T)           \
  template json to_json(const T&);   \
  template T from_json(const json&); \
  template void add_absent<T>(json&)
#define NBASYNC_JSON_TO(T) template json to_json(const T&)
#define NBASYNC_JSON_OF_LIST(T)                 \
  template json to_json(const std::vector<T>&); \
  template std::vector<T> from_json(const json&)

template std::string to_json_text(const RunRecord&);
NBASYNC_JSON_OF(Status);
NBASYNC_JSON_OF(Explanation);
NBASYNC_JSON_OF(RunRecord);
NBASYNC_JSON_OF(SyncEvent);
NBASYNC_JSON_OF(Game);
NBASYNC_JSON_OF(Player);
NBASYNC_JSON_OF(PlayerGame);
NBASYNC_JSON_OF(PlayerSeason);
NBASYNC_JSON_OF(Standing);
NBASYNC_JSON_OF(DataSchema);
NBASYNC_JSON_OF(Changes);
NBASYNC_JSON_OF(Diagnosis);
NBASYNC_JSON_OF(CheckAnswer);
NBASYNC_JSON_OF(Problem);
NBASYNC_JSON_OF(Admission);
NBASYNC_JSON_OF(BackfillBegun);
NBASYNC_JSON_OF(BackfillState);
NBASYNC_JSON_OF(HookCall);
NBASYNC_JSON_TO(BackfillReport);
NBASYNC_JSON_TO(BackfillStopped);
NBASYNC_JSON_TO(Cancellation);
NBASYNC_JSON_TO(Done);
NBASYNC_JSON_TO(PauseState);
NBASYNC_JSON_TO(RunAnswer);
NBASYNC_JSON_TO(Runs);
NBASYNC_JSON_TO(Schedules);
NBASYNC_JSON_TO(SyncAnswer);
NBASYNC_JSON_OF_LIST(RunRecord);
NBASYNC_JSON_OF_LIST(ScheduleState);
NBASYNC_JSON_OF_LIST(Explanation);
NBASYNC_JSON_OF_LIST(DatasetState);
NBASYNC_JSON_OF_LIST(Game);
NBASYNC_JSON_OF_LIST(Player);
NBASYNC_JSON_OF_LIST(PlayerGame);
NBASYNC_JSON_OF_LIST(PlayerSeason);
NBASYNC_JSON_OF_LIST(Standing);
NBASYNC_JSON_OF_LIST(TableEntry);

}  // namespace nbasync::protocol
