#include "ctl/options.hpp"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"

namespace nbasync::ctl {

void add_duration(CLI::App& app, const std::string& name, std::optional<Duration>& value,
                  const std::string& summary) {
  app.add_option_function<std::string>(
         name,
         [&value, name](const std::string& text) {
           try {
             value = parse_duration(text);
           } catch (const Error& error) {
             throw Error(error.code(), format("{}: {}", name, error.what()));
           }
         },
         summary)
      ->type_name("DURATION");
}

void add_choice(CLI::App& app, const std::string& name, std::string& value,
                std::vector<std::string_view> words, const std::string& summary) {
  std::string list;
  for (const auto word : words) list += format("{}{}", list.empty() ? "" : "|", word);
  app.add_option_function<std::string>(
         name,
         [&value, name, words = std::move(words)](const std::string& word) {
           if (std::ranges::find(words, word) == words.end()) {
             throw Error(Errc::kInvalidArgument,
                         format("{}: unknown word '{}'{}", name, word, suggest(word, words)));
           }
           value = word;
         },
         summary)
      ->type_name(list);
}

}  // namespace nbasync::ctl
