#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace nbasync {

// The words of an enumeration, as JSON, D-Bus, the database and the command line say them: one
// table each, beside the enumeration. Specialised there with
//   table    an array of WordOf; of several words for one value the first is written, all are read
//   unknown  how a word is read that a newer program has written
template <typename Enum>
struct Words;

template <typename Enum>
struct WordOf {
  Enum value;
  std::string_view word;
};

template <typename Enum>
concept Worded = requires {
  Words<Enum>::table;
};

template <Worded Enum>
constexpr std::string_view to_string(Enum value) {
  return std::ranges::find(Words<Enum>::table, value, &WordOf<Enum>::value)->word;
}

template <Worded Enum>
constexpr std::optional<Enum> parse_word(std::string_view word) {
  const auto found = std::ranges::find(Words<Enum>::table, word, &WordOf<Enum>::word);
  return found == Words<Enum>::table.end() ? std::nullopt : std::optional(found->value);
}

// For what was stored or sent by another version of ours.
template <Worded Enum>
constexpr Enum read_word(std::string_view word) {
  return parse_word<Enum>(word).value_or(Words<Enum>::unknown);
}

// Those that are written, in the order of the table.
template <Worded Enum>
std::vector<std::string_view> words_of() {
  std::vector<std::string_view> words;
  for (const auto& [value, word] : Words<Enum>::table) {
    if (to_string(value) == word) words.push_back(word);
  }
  return words;
}

}  // namespace nbasync
