#include "store/text_fields.hpp"

#include <charconv>
#include <iterator>
#include <sstream>

#include "base/format.hpp"

namespace nbasync::text_fields {
namespace {

// Of each column from this one on, what `text` makes of it.
std::string list_of(const std::vector<OwnColumn>& columns, std::size_t first,
                    const std::function<std::string(std::size_t)>& text) {
  std::string list;
  for (auto column = first; column < columns.size(); ++column) {
    if (column > first) list += ", ";
    list += text(column);
  }
  return list;
}

}  // namespace

std::string names_of(const std::vector<OwnColumn>& columns, std::size_t first) {
  return list_of(columns, first, [&](std::size_t at) { return std::string(columns[at].name); });
}

std::string parameters_of(const std::vector<OwnColumn>& columns, std::size_t first) {
  return list_of(columns, first, [&](std::size_t at) { return format("${}", at + 1 - first); });
}

std::string upsert(std::string_view table, const std::vector<OwnColumn>& columns) {
  return format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}", table,
                names_of(columns, 0), parameters_of(columns, 0), columns.front().name,
                list_of(columns, 1, [&](std::size_t at) {
                  return format("{} = ${}", columns[at].name, at + 1);
                }));
}

Value to_value(const std::string& text) { return text; }
Value to_value(SystemTime time) { return format_utc(time, true); }
Value to_value(unsigned number) { return std::to_string(number); }
Value to_value(const std::optional<SystemTime>& time) {
  return time ? to_value(*time) : Value(std::string());
}
Value to_value(const std::vector<std::string>& words) {
  return format("{}", fmt::join(words, " "));
}
Value to_value(const std::vector<SystemTime>& times) {
  std::vector<std::string> words;
  words.reserve(times.size());
  for (const auto time : times) words.push_back(format_utc(time, true));
  return to_value(words);
}

void from_text(const std::string& stored, std::string& text) { text = stored; }
void from_text(const std::string& stored, SystemTime& time) {
  time = parse_utc(stored).value_or(SystemTime{});
}
void from_text(const std::string& stored, unsigned& number) {
  std::from_chars(stored.data(), stored.data() + stored.size(), number);
}
void from_text(const std::string& stored, std::optional<SystemTime>& time) {
  time = parse_utc(stored);
}
void from_text(const std::string& stored, std::vector<std::string>& words) {
  std::istringstream stream(stored);
  words.assign(std::istream_iterator<std::string>(stream), {});
}
void from_text(const std::string& stored, std::vector<SystemTime>& times) {
  std::vector<std::string> words;
  from_text(stored, words);
  for (const auto& word : words) {
    if (const auto time = parse_utc(word)) times.push_back(*time);
  }
}

}  // namespace nbasync::text_fields
