#include "ctl/app/help.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <variant>

#include "base/format.hpp"
#include "base/text.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

constexpr std::string_view kProgram = "nbasyncctl";
constexpr std::string_view kWhat =
    "Asks nbasyncd, the daemon that keeps a database of NBA data, for syncs and their state.";
constexpr std::string_view kExitStatus =
    "Exit status: 0 done, 1 the sync failed, 2 usage, 3 lock or wait timed out, 4 refused: another "
    "sync runs, the queue is full, or paused, 5 not found, 6 daemon not reachable, 7 not "
    "permitted, 8 cancelled or interrupted, 9 stale (status --check), 78 the daemon's "
    "configuration "
    "is bad, 130 detached by Ctrl-C.";
constexpr std::string_view kMore =
    "'nbasyncctl help COMMAND' tells more, with examples; so does nbasyncctl(1).";
constexpr std::string_view kDurations = "Durations are written like 30s, 5m or 2h30m.";

// Folded; all lines but the first are indented.
std::string folded_text(std::string_view text, std::size_t indent) {
  constexpr std::size_t kWidth = 80;
  std::string result;
  for (const auto& line : folded(text, kWidth, indent)) {
    result += (result.empty() ? "" : std::string(indent, ' ')) + line + '\n';
  }
  return result;
}

// "  --season SEASON        Season, like …"; below each other where the left is too long.
std::string row(std::string_view left, std::string_view right) {
  constexpr std::size_t kColumn = 24;
  auto text = format("  {}", left);
  if (text.size() + 2 > kColumn) {
    text += '\n' + std::string(kColumn, ' ');
  } else {
    text.append(kColumn - text.size(), ' ');
  }
  return text + folded_text(right, kColumn);
}

bool is_operand(const Option& option) { return !option.name.starts_with('-'); }

bool is_flag(const Option& option) {
  return std::holds_alternative<bool*>(option.place) ||
         std::holds_alternative<std::optional<bool>*>(option.place);
}

bool takes_duration(const Option& option) {
  return std::holds_alternative<std::optional<Duration>*>(option.place);
}

// "SEASON", "DURATION", "queue|fail|join".
std::string value_of(const Option& option) {
  if (takes_duration(option)) return "DURATION";
  return option.words.empty() ? option.value : joined(option.words, "|");
}

// "-n, --limit N".
std::string name_of(const Option& option) {
  std::string name(option.name);
  if (const auto comma = name.find(','); comma != std::string::npos) name.insert(comma + 1, " ");
  return is_operand(option) || is_flag(option) ? name : name + " " + value_of(option);
}

std::string rows(const std::vector<Option>& options, bool operands) {
  std::string text;
  for (const auto& option : options) {
    if (is_operand(option) == operands) text += row(name_of(option), option.help);
  }
  return text;
}

std::string help_row() { return row("-h, --help", "Print this help message and exit"); }

// "sync TYPE", "watch [RUN]".
std::string synopsis(const Verb& verb, const Command& command) {
  std::string text(verb.name);
  for (const auto& option : command.options) {
    if (!is_operand(option)) continue;
    text += option.required ? format(" {}", option.name) : format(" [{}]", option.name);
  }
  return text;
}

}  // namespace

std::string program_help(const std::vector<Option>& everywhere) {
  auto text = format("Usage: {} [OPTION]... COMMAND ...\n{}\n", kProgram, folded_text(kWhat, 0));
  std::string_view group;
  for (const auto& verb : verbs()) {
    if (verb.group != group) {
      text += format("{}{}:\n", group.empty() ? "" : "\n", verb.group);
      group = verb.group;
    }
    text += row(synopsis(verb, verb.define()), verb.summary);
  }
  return text + format("\nOptions, before or after the command:\n{}{}{}\n{}\n{}", help_row(),
                       row("-V, --version", "Print the version"), rows(everywhere, false),
                       folded_text(kExitStatus, 0), folded_text(kMore, 0));
}

std::string verb_help(const Verb& verb, const Command& command,
                      const std::vector<Option>& everywhere) {
  auto text =
      format("Usage: {} {} [OPTION]...\n{}.\n", kProgram, synopsis(verb, command), verb.summary);
  if (const auto words = rows(command.options, true); !words.empty()) text += '\n' + words;
  text += "\nOptions:\n" + help_row() + rows(command.options, false) + "\nAnd everywhere:\n" +
          rows(everywhere, false);
  if (std::ranges::any_of(command.options, takes_duration)) text += format("\n{}\n", kDurations);
  return text + format("\nExamples:\n{}", command.examples);
}

}  // namespace nbasync::ctl
