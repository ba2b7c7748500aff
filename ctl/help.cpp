#include "ctl/help.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "ctl/text.hpp"

namespace nbasync::ctl {
namespace {

constexpr std::string_view kProgram = "nbasyncctl";
constexpr std::string_view kExitStatus =
    "Exit status: 0 done, 1 the sync failed, 2 usage, 3 lock or wait timed out, 4 refused: another "
    "sync runs, the queue is full, or paused, 5 not found, 6 daemon not reachable, 7 not "
    "permitted, 8 cancelled or interrupted, 9 stale (status --check), 78 the daemon's "
    "configuration "
    "is bad, 130 detached by Ctrl-C.";
constexpr std::string_view kMore =
    "'nbasyncctl COMMAND --help' tells more, with examples; so does nbasyncctl(1).";
constexpr std::string_view kDurations = "Durations are written like 30s, 5m or 2h30m.";

// Folded at spaces; all lines but the first are indented.
std::string folded(std::string_view text, std::size_t indent) {
  constexpr std::size_t kWidth = 80;
  std::string result;
  while (width_of(text) + indent > kWidth) {
    const auto space = text.substr(0, kWidth - indent + 1).rfind(' ');
    if (space == std::string_view::npos || space == 0) break;
    result += format("{}\n{}", text.substr(0, space), std::string(indent, ' '));
    text.remove_prefix(space + 1);
  }
  return result + std::string(text) + '\n';
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
  return text + folded(right, kColumn);
}

std::string name_of(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true, false);
  std::string name;
  for (const auto& each : option.get_snames()) name += format("-{}, ", each);
  for (const auto& each : option.get_lnames()) name += format("--{}, ", each);
  name.resize(name.size() - 2);
  if (option.get_type_size() != 0) name += " " + option.get_type_name();
  return name;
}

std::string rows(const CLI::App& app, bool positional) {
  std::string text;
  for (const auto* option : app.get_options()) {
    if (option->get_positional() == positional) {
      text += row(name_of(*option), option->get_description());
    }
  }
  return text;
}

// "sync TYPE", "watch [RUN]".
std::string synopsis(const CLI::App& app) {
  auto text = app.get_name();
  for (const auto* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const auto name = name_of(*option);
    text += option->get_required() ? " " + name : format(" [{}]", name);
  }
  return text;
}

bool takes_duration(const CLI::App& app) {
  return std::ranges::any_of(app.get_options(), [](const CLI::Option* option) {
    return option->get_type_name() == "DURATION";
  });
}

std::string program_help(const CLI::App& app) {
  auto text =
      format("Usage: {} [OPTION]... COMMAND ...\n{}\n", kProgram, folded(app.get_description(), 0));
  std::string group;
  for (const auto* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (verb->get_group() != group) {
      text += format("{}{}:\n", group.empty() ? "" : "\n", verb->get_group());
      group = verb->get_group();
    }
    text += row(synopsis(*verb), verb->get_description());
  }
  return text + format("\nOptions, before or after the command:\n{}\n{}\n{}", rows(app, false),
                       folded(kExitStatus, 0), folded(kMore, 0));
}

std::string verb_help(const CLI::App& verb) {
  auto text =
      format("Usage: {} {} [OPTION]...\n{}.\n", kProgram, synopsis(verb), verb.get_description());
  if (const auto words = rows(verb, true); !words.empty()) text += '\n' + words;
  text += "\nOptions:\n" + rows(verb, false) + "\nAnd everywhere:\n";
  for (const auto* option : verb.get_parent()->get_options()) {
    if (option->get_lnames().front() == "help" || option->get_lnames().front() == "version")
      continue;
    text += row(name_of(*option), option->get_description());
  }
  if (takes_duration(verb)) text += format("\n{}\n", kDurations);
  if (!verb.get_footer().empty()) text += format("\nExamples:\n{}", verb.get_footer());
  return text;
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
  return app->get_parent() == nullptr ? program_help(*app) : verb_help(*app);
}

}  // namespace nbasync::ctl
