#include "dataset/dictionary.hpp"

#include <span>
#include <utility>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/views.hpp"

namespace nbasync {
namespace {

std::string_view type_of(Type type) {
  switch (type) {
    case Type::kInteger:
      return "integer";
    case Type::kCount:
    case Type::kReal:
      return "number";
    case Type::kText:
      return "text";
  }
  return "";
}

// With its capital and its full stop.
std::string as_sentence(std::string text) {
  if (text.empty()) return text;
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + '.';
}

DictionaryColumn described(const Column& column) {
  const Meaning& meaning = column.meaning;
  return {column.name,
          type_of(column.type),
          column.key,
          as_sentence(meaning_of(column)),
          meaning.unit,
          meaning.field.empty() ? std::string(meaning.source)
                                : format("{} {}", meaning.source, meaning.field)};
}

}  // namespace

std::string meaning_of(const Column& column) {
  std::string text(column.meaning.text);
  if (column.meaning.of_opponent) text.insert(0, "of the opponent: ");
  return text;
}

std::vector<Column> all_columns(const Table& table) {
  std::vector<Column> columns(table.columns.begin(), table.columns.end());
  const auto add = [&](std::string_view name, std::string_view text) {
    if (!name.empty()) columns.push_back(Column{name}.says(text, "UTC time", "the sync"));
  };
  add(table.created, "when the row was inserted");
  add(table.stamp, "when a sync last changed the row");
  return columns;
}

std::vector<DictionaryTable> dictionary() {
  std::vector<DictionaryTable> result;
  const auto add = [&](std::string_view name, bool is_view, std::string_view about,
                       std::span<const Column> columns) {
    auto& entry =
        result.emplace_back(DictionaryTable{name, is_view, as_sentence(std::string(about)), {}});
    for (const Column& column : columns) entry.columns.push_back(described(column));
  };
  for (const Table* table : tables()) add(table->name, false, table->about, all_columns(*table));
  for (const View& view : views()) add(view.name, true, view.about, view.columns);
  return result;
}

}  // namespace nbasync
