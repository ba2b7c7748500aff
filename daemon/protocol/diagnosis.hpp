#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "model/check_answer.hpp"
#include "model/fields.hpp"

namespace nbasync::protocol {

// What doctor says.
struct Diagnosis {
  bool well = true;
  std::int64_t findings = 0;
  std::optional<SystemTime> checked_at = {};
  CheckAnswers checks = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"well", kPlain, "whether nothing was found"}, self.well);
    visit(Field{"findings", kPlain, "how many checks found something"}, self.findings);
    visit(Field{"checked_at", kPlain, "when"}, self.checked_at);
    visit(Field{"checks", kPlain, "one each"}, self.checks);
  }

  bool operator==(const Diagnosis&) const = default;
};

Diagnosis diagnosis_of(CheckAnswers checks, SystemTime now);

// For people: a line a check, what helps beneath each finding, and a sum. `paint` colours a word.
using Paint = std::function<std::string(CheckStatus status, const std::string& word)>;
std::string text_of(
    const Diagnosis& diagnosis,
    const Paint& paint = [](CheckStatus, const std::string& word) { return word; });

}  // namespace nbasync::protocol
