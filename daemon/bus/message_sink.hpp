#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dbus/sdbus.hpp"

namespace nbasync {

// What protocol/tell.hpp tells, written into a message of D-Bus as it comes: an object as a{sv},
// texts as s, true and false as b, integers as x, other numbers as d, lists of texts as as, lists
// of objects as aa{sv} (an empty list, too). What is null is left out with its key, as D-Bus has no
// null.
class MessageSink {
 public:
  explicit MessageSink(sdbus::Message& message) : message_(message) {}

  void null() { key_.clear(); }
  void boolean(bool value) { write("b", value); }
  void integer(std::int64_t value) { write("x", value); }
  void integer(std::uint64_t value) { write("x", static_cast<std::int64_t>(value)); }
  void real(double value) { write("d", value); }
  void text(std::string_view value) {
    text_ = value;
    write("s", text_);
  }
  void key(std::string_view name) { key_ = name; }
  void begin_object() {
    begin("a{sv}");
    message_.openContainer("{sv}");
  }
  void end_object() {
    message_.closeContainer();
    end();
  }
  void begin_list(bool of_texts) {
    begin(of_texts ? "as" : "aa{sv}");
    message_.openContainer(of_texts ? "s" : "a{sv}");
  }
  void end_list() {
    message_.closeContainer();
    end();
  }

 private:
  // Within an object each value is an entry of the dictionary; within a list, and outermost, it
  // stands for itself.
  void begin(const char* type) {
    in_object_.push_back(!key_.empty());
    if (key_.empty()) return;
    message_.openDictEntry("sv");
    message_ << key_;
    message_.openVariant(type);
    key_.clear();
  }
  void end() {
    const bool is_entry = in_object_.back();
    in_object_.pop_back();
    if (!is_entry) return;
    message_.closeVariant();
    message_.closeDictEntry();
  }
  template <typename Value>
  void write(const char* type, const Value& value) {
    begin(type);
    message_ << value;
    end();
  }

  sdbus::Message& message_;
  std::string key_;  // of the value that comes; empty: it has none
  std::string text_;
  std::vector<bool> in_object_;  // of what is open
};

}  // namespace nbasync
