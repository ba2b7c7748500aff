#include "protocol/diagnosis.hpp"

#include <algorithm>
#include <utility>

#include "base/format.hpp"

namespace nbasync::protocol {
namespace {

constexpr const char* kBeneath = "             ";  // as wide as the longest status

}  // namespace

Diagnosis diagnosis_of(CheckAnswers checks, SystemTime now) {
  const auto findings = std::ranges::count(checks, CheckStatus::kFinding, &CheckAnswer::status);
  return {findings == 0, findings, now, std::move(checks)};
}

std::string text_of(const Diagnosis& diagnosis, const Paint& paint) {
  std::string text;
  for (const auto& check : diagnosis.checks) {
    const auto status = format("{:<11}", to_string(check.status));
    text += format("{}  {}{}: {}\n", paint(check.status, status), check.check,
                   check.season.empty() ? "" : " " + check.season, check.text);
    if (!check.hint.empty()) text += format("{}{}\n", kBeneath, check.hint);
    if (!check.statement.empty()) text += format("{}{}\n", kBeneath, check.statement);
  }
  if (diagnosis.well) return text + "nothing was found\n";
  return text +
         format("{} of {} checks found something\n", diagnosis.findings, diagnosis.checks.size());
}

}  // namespace nbasync::protocol
