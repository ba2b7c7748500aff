#pragma once

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "base/json_text.hpp"

// What protocol/tell.hpp tells, as JSON.
namespace nbasync::protocol {

// A value of the library's.
class JsonTree {
 public:
  void null() { add(nullptr); }
  void boolean(bool value) { add(value); }
  void integer(std::int64_t value) { add(value); }
  void integer(std::uint64_t value) { add(value); }
  void real(double value) { add(value); }
  void text(std::string_view value) { add(value); }
  void key(std::string_view name) { key_ = name; }
  void begin_object() { open_.push_back(&add(nlohmann::json::object())); }
  void end_object() { open_.pop_back(); }
  void begin_list(bool) { open_.push_back(&add(nlohmann::json::array())); }
  void end_list() { open_.pop_back(); }

  nlohmann::json take() { return std::move(whole_); }

 private:
  nlohmann::json& add(nlohmann::json value) {
    if (open_.empty()) return whole_ = std::move(value);
    auto& into = *open_.back();
    if (!into.is_array()) return into[std::string(key_)] = std::move(value);
    into.push_back(std::move(value));
    return into.back();
  }

  nlohmann::json whole_;
  std::vector<nlohmann::json*> open_;  // objects and lists, the innermost last
  std::string_view key_;
};

// Text, appended to another.
class JsonText {
 public:
  explicit JsonText(std::string& text) : text_(text) {}

  void null() { add("null"); }
  void boolean(bool value) { add(value ? "true" : "false"); }
  void integer(std::int64_t value) { number(value); }
  void integer(std::uint64_t value) { number(value); }
  void real(double value) { append_json_number(after_comma(), value); }
  void text(std::string_view value) { append_json_string(after_comma(), value); }
  void key(std::string_view name) {
    append_json_string(after_comma(), name);
    text_ += ':';
  }
  void begin_object() { add("{"); }
  void end_object() { text_ += '}'; }
  void begin_list(bool) { add("["); }
  void end_list() { text_ += ']'; }

  // A value that is JSON already.
  void add(std::string_view json) { after_comma() += json; }

 private:
  std::string& after_comma() {
    const char last = text_.empty() ? '{' : text_.back();
    if (last != '{' && last != '[' && last != ':') text_ += ',';
    return text_;
  }
  template <typename Number>
  void number(Number value) {
    fmt::format_to(std::back_inserter(after_comma()), FMT_COMPILE("{}"), value);
  }

  std::string& text_;
};

// Tells a value of the library's to a sink.
template <typename S>
void tell(S& sink, const nlohmann::json& value) {
  if (value.is_object()) {
    sink.begin_object();
    for (const auto& [key, member] : value.items()) {
      sink.key(key);
      tell(sink, member);
    }
    sink.end_object();
  } else if (value.is_array()) {
    sink.begin_list(!value.empty() && value.front().is_string());
    for (const auto& item : value) tell(sink, item);
    sink.end_list();
  } else if (value.is_string()) {
    sink.text(value.get_ref<const std::string&>());
  } else if (value.is_boolean()) {
    sink.boolean(value.get<bool>());
  } else if (value.is_number_integer()) {
    sink.integer(value.get<std::int64_t>());
  } else if (value.is_number()) {
    sink.real(value.get<double>());
  } else {
    sink.null();
  }
}

}  // namespace nbasync::protocol
