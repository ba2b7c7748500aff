#include "ctl/arguments.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string_view>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "ctl/help.hpp"
#include "protocol/names.hpp"

namespace nbasync::ctl {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Errc::kInvalidArgument, message);
}

void add_global_options(CLI::App& app, Arguments& arguments) {
  app.add_flag("--json", arguments.json, "Print JSON, and nothing else, on standard output");
  app.add_flag("-q,--quiet", arguments.quiet, "Print nothing but errors; of lists, only the ids");
  auto* socket = app.add_option("--socket", arguments.socket,
                                "Use the daemon's control socket there; also NBASYNC_SOCKET")
                     ->type_name("PATH");
  app.add_flag_callback(
         "--system", [&] { arguments.bus = Bus::kSystem; }, "Use the system bus, not the socket")
      ->excludes(socket);
  app.add_flag_callback(
         "--session", [&] { arguments.bus = Bus::kSession; }, "Use the session bus, not the socket")
      ->excludes(socket);
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
  CLI::App app(
      "Asks nbasyncd, the daemon that keeps a database of NBA data, for syncs and their state.",
      "nbasyncctl");
  app.fallthrough();   // global options may follow the verb
  app.allow_extras();  // refused below, in our words
  app.require_subcommand(0, 1);
  app.formatter(std::make_shared<HelpFormatter>());  // the verbs' as well
  app.set_version_flag("--version", format("nbasyncctl {}", protocol::kVersion),
                       "Print the version");
  add_global_options(app, arguments);

  std::map<const CLI::App*, Action> actions;
  for (const auto& verb : verbs()) {
    if (!concerns(words, verb)) continue;
    auto* sub = app.add_subcommand(std::string(verb.name), std::string(verb.summary));
    sub->allow_extras(false);
    sub->group(std::string(verb.group));
    actions[sub] = verb.define(*sub);
  }

  try {
    std::ranges::reverse(words);  // CLI11 takes them from the back
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    arguments.help = app.help();
    return arguments;
  } catch (const CLI::CallForVersion& version) {
    arguments.help = format("{}\n", version.what());
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
  arguments.action = actions.at(verb);
  return arguments;
}

}  // namespace nbasync::ctl
