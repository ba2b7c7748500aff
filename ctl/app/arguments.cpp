#include "ctl/app/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include <CLI/CLI.hpp>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
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

// A whole number from `least` to `most`.
template <typename Number>
Number read_number(const std::string& name, const std::string& text, Number least, Number most) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && stop == end && number >= least && number <= most) return number;
  const bool bounded = most != std::numeric_limits<Number>::max();
  refuse(format("{}: '{}' is no whole number from {} {}", name.substr(name.find(',') + 1),
                excerpt(text), least, bounded ? format("to {}", most) : "on"));
}

// Of what CLI11 finds, in our words.
std::string said(const CLI::ParseError& error) {
  std::string text = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return text.substr(0, text.find(':')) + " needs a value";
  }
  constexpr std::string_view kExcludes = " excludes ";
  if (const auto at = text.find(kExcludes); at != std::string::npos) {
    text.replace(at, kExcludes.size(), " cannot be said together with ");
  }
  return text;
}

// Adds what has been declared. What help has to tell is not told to CLI11: see help.hpp.
void add(CLI::App& app, const Option& option) {
  const std::string name(option.name);
  auto* added = std::visit(
      Overloaded{[&](bool* flag) { return app.add_flag(name, *flag); },
                 [&](std::optional<bool>* flag) {
                   return app.add_flag_callback(name, [flag] { *flag = true; });
                 },
                 [&](unsigned* number) {
                   return app.add_option_function<std::string>(
                       name, [=, most = option.most](const std::string& text) {
                         *number = read_number(name, text, 1U, most);
                       });
                 },
                 [&](std::optional<std::int64_t>* number) {
                   return app.add_option_function<std::string>(name, [=](const std::string& text) {
                     *number = read_number<std::int64_t>(name, text, 0,
                                                         std::numeric_limits<std::int64_t>::max());
                   });
                 },
                 [&](std::optional<Duration>* duration) {
                   return app.add_option_function<std::string>(name, [=](const std::string& text) {
                     *duration = read_duration(name, text);
                   });
                 },
                 [&](std::string* text) { return app.add_option(name, *text); },
                 [&](const Option::Take& take) {
                   return app.add_option_function<std::string>(name, [=, words = option.words](
                                                                         const std::string& word) {
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
  if (word.starts_with("-")) {
    refuse(format("unknown option '{}'; see 'nbasyncctl {}--help'", word,
                  verb == nullptr ? "" : verb->get_name() + " "));
  }
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
      {.name = "--utc",
       .help = "Tell times in UTC, not in the zone of TZ",
       .place = &arguments.utc},
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
  app.set_version_flag("-V,--version", "");
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
    if (!words.empty() && words.front() == "help") {  // "help sync" is "sync --help"
      words.erase(words.begin());
      if (!words.empty() && !words.front().starts_with('-') &&
          std::ranges::find(verbs(), words.front(), &Verb::name) == verbs().end()) {
        refuse_word(words.front(), app, nullptr);
      }
      words.emplace_back("--help");
    }
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
               ? said(error)
               : format("{0}: {1}; see 'nbasyncctl {0} --help'", verb->get_name(), said(error)));
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
