#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/clock.hpp"
#include "model/fields.hpp"
#include "model/words.hpp"
#include "protocol/change.hpp"
#include "protocol/shape.hpp"

// Tells a value to a sink by the list of its fields: JSON (protocol/json_sinks.hpp) and the bus
// (bus/message_sink.hpp) are sinks. Here alone it is said what becomes of what is empty or absent.
namespace nbasync::protocol {

// A sink takes values one by one. Within an object a key comes before each.
template <typename T>
concept Sink = requires(T& sink) {
  sink.null();
  sink.boolean(true);
  sink.integer(std::int64_t{});
  sink.integer(std::uint64_t{});
  sink.real(1.5);
  sink.text(std::string_view());
  sink.key(std::string_view());
  sink.begin_object();
  sink.end_object();
  sink.begin_list(true);  // of texts; an empty list and one of objects: false
  sink.end_list();
};

template <Sink S, typename T>
void tell(S& sink, const Field& field, const T& value);

template <typename T>
bool is_empty(const T& value) {
  if constexpr (std::is_same_v<T, std::string> || is_vector<T> || is_dictionary<T>) {
    return value.empty();
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value == T{};
  } else if constexpr (requires { !value; }) {
    return !value;
  } else {
    return false;
  }
}

// The members of an object that has begun.
template <Sink S, Fielded T>
void tell_fields(S& sink, const T& value) {
  visit_fields(value, [&](const Field& field, const auto& member) {
    if ((field.form & kOmitted) != 0 && is_empty(member)) return;
    sink.key(field.name);
    tell(sink, field, member);
  });
}

template <Sink S, typename T>
void tell(S& sink, const Field& field, const T& value) {
  const auto is_null = [&] { return is_empty(value) && (field.form & kNullable) != 0; };
  if constexpr (is_optional<T>) {
    value ? tell(sink, field, *value) : sink.null();
  } else if constexpr (std::is_same_v<T, SystemTime>) {
    sink.text(format_utc(value, (field.form & kMillis) != 0));
  } else if constexpr (Worded<T>) {
    sink.text(to_string(value));
  } else if constexpr (Fielded<T>) {
    sink.begin_object();
    tell_fields(sink, value);
    sink.end_object();
  } else if constexpr (std::is_same_v<T, CellTexts> || is_dictionary<T>) {
    if (is_null()) return sink.null();
    sink.begin_object();
    for (const auto& [key, member] : value) {
      sink.key(key);
      tell(sink, Field{""}, member);
    }
    sink.end_object();
  } else if constexpr (is_vector<T>) {
    if (is_null()) return sink.null();
    sink.begin_list(std::is_same_v<typename T::value_type, std::string> && !value.empty());
    for (const auto& item : value) tell(sink, field, item);
    sink.end_list();
  } else if constexpr (std::is_same_v<T, std::string>) {
    is_null() ? sink.null() : sink.text(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    sink.boolean(value);
  } else if constexpr (std::unsigned_integral<T>) {
    sink.integer(static_cast<std::uint64_t>(value));
  } else if constexpr (std::integral<T>) {
    sink.integer(static_cast<std::int64_t>(value));
  } else {
    sink.real(value);
  }
}

}  // namespace nbasync::protocol
