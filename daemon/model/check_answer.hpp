#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/fields.hpp"
#include "model/words.hpp"

namespace nbasync {

enum class CheckStatus { kOk, kFinding, kUnchecked };

template <>
struct Words<CheckStatus> {
  static constexpr auto table = std::to_array<WordOf<CheckStatus>>({
      {CheckStatus::kOk, "ok"},
      {CheckStatus::kFinding, "finding"},
      {CheckStatus::kUnchecked, "not-checked"},
  });
  static constexpr auto unknown = CheckStatus::kUnchecked;
};

// What one check says: of the data as it is stored, or of the installation.
struct CheckAnswer {
  std::string check = {};   // its word: "final-lines"
  std::string season = {};  // whose rows it looked at; empty: it is not about one season
  CheckStatus status = CheckStatus::kOk;
  std::int64_t count = 0;
  std::string text = {};
  std::string hint = {};  // what helps; empty where nothing is to be done
  std::string statement = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"check", kPlain, "its word"}, self.check);
    visit(Field{"season", kOmitted, "whose rows it looked at, if it is about one season"},
          self.season);
    visit(Field{"status", kPlain, "what it says"}, self.status);
    visit(Field{"count", kPlain, "of things that were found"}, self.count);
    visit(Field{"text", kPlain, "what was found, or why it is well, or why it was not looked at"},
          self.text);
    visit(Field{"hint", kOmitted, "what helps"}, self.hint);
    visit(Field{"statement", kOmitted, "SQL that removes what was found, where that is all"},
          self.statement);
  }

  bool operator==(const CheckAnswer&) const = default;
};

using CheckAnswers = std::vector<CheckAnswer>;

inline CheckAnswer well(std::string text) { return {.text = std::move(text)}; }
inline CheckAnswer unchecked(std::string why) {
  return {.status = CheckStatus::kUnchecked, .text = std::move(why)};
}
inline CheckAnswer finding(std::string text, std::string hint) {
  return {.status = CheckStatus::kFinding,
          .count = 1,
          .text = std::move(text),
          .hint = std::move(hint)};
}

inline CheckAnswer named(std::string_view check, CheckAnswer answer) {
  answer.check = check;
  return answer;
}

}  // namespace nbasync
