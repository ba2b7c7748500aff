#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "db/connection.hpp"
#include "model/fields.hpp"
#include "model/words.hpp"
#include "store/own_tables.hpp"

// A table of ours whose columns are a list of fields (model/fields.hpp), each as text.
namespace nbasync::text_fields {

Value to_value(const std::string& text);
Value to_value(SystemTime time);
Value to_value(unsigned number);
Value to_value(const std::optional<SystemTime>& time);
Value to_value(const std::vector<std::string>& words);
Value to_value(const std::vector<SystemTime>& times);
template <Worded Enum>
Value to_value(Enum word) {
  return std::string(to_string(word));
}

void from_text(const std::string& stored, std::string& text);
void from_text(const std::string& stored, SystemTime& time);
void from_text(const std::string& stored, unsigned& number);
void from_text(const std::string& stored, std::optional<SystemTime>& time);
void from_text(const std::string& stored, std::vector<std::string>& words);
void from_text(const std::string& stored, std::vector<SystemTime>& times);
template <Worded Enum>
void from_text(const std::string& stored, Enum& word) {
  word = read_word<Enum>(stored);
}

// The columns of a list of fields, after those that are given; the first `required` of all must
// have a value.
template <typename Object>
std::vector<OwnColumn> columns_of(std::vector<OwnColumn> list, std::size_t required) {
  const Object none{};
  visit_fields(none, [&](const Field& field, const auto&) {
    list.push_back({field.name, list.size() <= required ? "TEXT NOT NULL" : "TEXT"});
  });
  return list;
}

// "at, schedule, …", and "$1, $2, …", from the column of this number on.
std::string names_of(const std::vector<OwnColumn>& columns, std::size_t first);
std::string parameters_of(const std::vector<OwnColumn>& columns, std::size_t first);

// Writes a row of all columns, the first of which is its key.
std::string upsert(std::string_view table, const std::vector<OwnColumn>& columns);

template <typename Object>
std::vector<Value> values_of(const Object& object) {
  std::vector<Value> values;
  visit_fields(object, [&](const Field&, const auto& value) { values.push_back(to_value(value)); });
  return values;
}

// The same, after the key.
template <typename Object>
std::vector<Value> values_of(const std::string& key, const Object& object) {
  auto values = values_of(object);
  values.insert(values.begin(), Value(key));
  return values;
}

// Of the cells from this one on.
template <typename Object>
void read(const Row& row, std::size_t column, Object& object) {
  visit_fields(object,
               [&](const Field&, auto& value) { from_text(to_text(row[column++]), value); });
}

}  // namespace nbasync::text_fields
