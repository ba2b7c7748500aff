#include "ctl/app/arguments.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include <CLI/CLI.hpp>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "ctl/app/help.hpp"
#include "ctl/app/verb_table.hpp"
#include "protocol/names.hpp"

namespace nbasync::ctl {
namespace {

template <typename... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Errc::kInvalidArgument, message);
}

Duration read_duration(const std::string& name, const std::string& text) {
  try {
    return parse_duration(text);
  } catch (const Error& error) {
    refuse(format("{}: {}", name, error.what()));
  }
}

// Adds what has been declared. What help has to tell is not told to CLI11: see help.hpp.
void add(CLI::App& app, const Option& option) {
  const std::string name(option.name);
  auto* added = std::visit(
      Overloaded{
          [&](bool* flag) { return app.add_flag(name, *flag); },
          [&](std::optional<bool>* flag) {
            return app.add_flag_callback(name, [flag] { *flag = true; });
          },
          [&](unsigned* number) {
            return app.add_option(name, *number)->check(CLI::Range(1U, option.most));
          },
          [&](std::optional<std::int64_t>* number) {
            return app.add_option_function<std::int64_t>(name, [=](const std::int64_t& given) {
              if (given < 0) refuse(format("{}: must be 0 or more", name));
              *number = given;
            });
          },
          [&](std::optional<Duration>* duration) {
            return app.add_option_function<std::string>(
                name, [=](const std::string& text) { *duration = read_duration(name, text); });
          },
          [&](std::string* text) { return app.add_option(name, *text); },
          [&](const Option::Take& take) {
            return app.add_option_function<std::string>(
                name, [=, words = option.words](const std::string& word) {
                  if (take(word)) return;
                  refuse(format("{}: unknown word '{}'{}", name, word, suggest(word, words)));
                });
          }},
      option.place);
  added->required(option.required);
  for (const auto other : option.not_with) added->excludes(app.get_option(std::string(other)));
}

std::vector<std::string_view> option_names(const std::vector<const CLI::App*>& apps) {
  std::vector<std::string_view> names;
  for (const auto* app : apps) {
    for (const auto* option : app->get_options()) {
      names.insert(names.end(), option->get_lnames().begin(), option->get_lnames().end());
    }
  }
  return names;
}

const CLI::App* chosen_verb(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? nullptr : chosen.front();
}

// `word` is one that no option or positional took.
[[noreturn]] void refuse_word(const std::string& word, const CLI::App& app, const CLI::App* verb) {
  if (word.starts_with("--")) {
    const auto name = word.substr(2, word.find('=') - 2);
    std::vector<const CLI::App*> apps{&app};
    if (verb != nullptr) apps.push_back(verb);
    const auto near = nearest(name, option_names(apps));
    refuse(format("unknown option '--{}'{}", name,
                  near.empty() ? "" : format("; did you mean '--{}'?", near)));
  }
  if (word.starts_with("-")) refuse(format("unknown option '{}'", word));
  if (verb != nullptr) {
    refuse(format("{0}: one word too many: '{1}'; see 'nbasyncctl {0} --help'", verb->get_name(),
                  word));
  }
  std::vector<std::string_view> names;
  for (const auto& row : verbs()) names.push_back(row.name);
  refuse(format("unknown command '{}'{}", word, suggest(word, names)));
}

// Whether a command line may have to do with the verb. Each one that is defined costs time, and
// most command lines need one; only the general help and mistakes need all.
bool concerns(const std::vector<std::string>& words, const Verb& verb) {
  bool named = false, any = false;
  for (const auto& word : words) {
    named = named || word == verb.name;
    any = any || std::ranges::find(verbs(), word, &Verb::name) != verbs().end();
  }
  return named || !any;
}

}  // namespace

Arguments parse_arguments(std::vector<std::string> words) {
  Arguments arguments;
  bool system = false, session = false;
  const std::vector<Option> everywhere{
      {.name = "--json",
       .help = "Print JSON, and nothing else, on standard output",
       .place = &arguments.json},
      {.name = "-q,--quiet",
       .help = "Print nothing but errors; of lists, only the ids",
       .place = &arguments.quiet},
      {.name = "--socket",
       .help = "Use the daemon's control socket there; also NBASYNC_SOCKET",
       .place = &arguments.socket,
       .value = "PATH"},
      {.name = "--system",
       .help = "Use the system bus, not the socket",
       .place = &system,
       .not_with = {"--socket"}},
      {.name = "--session",
       .help = "Use the session bus, not the socket",
       .place = &session,
       .not_with = {"--socket"}}};

  CLI::App app("", "nbasyncctl");
  app.fallthrough();   // global options may follow the verb
  app.allow_extras();  // refused below, in our words
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", "");
  for (const auto& option : everywhere) add(app, option);

  std::map<const CLI::App*, std::pair<const Verb*, Command>> commands;
  for (const auto& verb : verbs()) {
    if (!concerns(words, verb)) continue;
    auto* sub = app.add_subcommand(std::string(verb.name));
    sub->allow_extras(false);
    const auto& [row, command] = commands[sub] = {&verb, verb.define()};
    for (const auto& option : command.options) add(*sub, option);
  }

  try {
    std::ranges::reverse(words);  // CLI11 takes them from the back
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    const auto* chosen = chosen_verb(app);
    if (chosen == nullptr) {
      arguments.help = program_help(everywhere);
    } else {
      const auto& [verb, command] = commands.at(chosen);
      arguments.help = verb_help(*verb, command, everywhere);
    }
    return arguments;
  } catch (const CLI::CallForVersion&) {
    arguments.help = format("nbasyncctl {}\n", protocol::kVersion);
    return arguments;
  } catch (const CLI::ParseError& error) {
    const auto* verb = chosen_verb(app);
    refuse(verb == nullptr
               ? error.what()
               : format("{0}: {1}; see 'nbasyncctl {0} --help'", verb->get_name(), error.what()));
  }
  const auto* verb = chosen_verb(app);
  if (const auto rest = app.remaining(true); !rest.empty()) refuse_word(rest.front(), app, verb);
  if (verb == nullptr) refuse("no command; see 'nbasyncctl --help'");
  if (system) arguments.bus = Bus::kSystem;
  if (session) arguments.bus = Bus::kSession;
  arguments.action = commands.at(verb).second.action;
  return arguments;
}

}  // namespace nbasync::ctl
