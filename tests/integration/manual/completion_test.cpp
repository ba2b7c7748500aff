#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "dataset/catalog.hpp"
#include "manual_files.hpp"
#include "model/run_record.hpp"
#include "support/temporary_directory.hpp"

// The completions know what --help tells, and nothing else.

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kBash = "ctl/completion/nbasyncctl.bash";
constexpr const char* kZsh = "ctl/completion/_nbasyncctl";
constexpr const char* kFish = "ctl/completion/nbasyncctl.fish";

Words words_for_sync() {
  const auto types = sync_types();
  return {types.begin(), types.end()};
}

Words table_names() {
  Words names;
  for (const auto* table : tables()) names.emplace(table->name);
  return names;
}

Words status_words() {
  Words words;
  for (const auto word : logged_status_words()) words.emplace(word);
  return words;
}

Words everywhere() {
  auto words = options_of_help().at("");
  words.erase("--version");
  words.erase("-V");
  return words;
}

Words sum(Words one, Words other) {
  one.merge(other);
  return one;
}

// bash hands the words over as it splits them, '=' for itself.
std::vector<std::string> ask_bash(const std::string& line) {
  auto words = std::regex_replace(line, std::regex("="), " = ");
  if (line.ends_with(' ') || line.ends_with('=')) words += " ''";
  const auto script = "source '" + source_path(kBash) + "'; COMP_WORDS=(" + words +
                      "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _nbasyncctl; "
                      "printf '%s\\n' \"${COMPREPLY[@]}\"";
  return {"bash", "--norc", "-c", script};
}

std::vector<std::string> ask_zsh(const std::string& line, const std::string& folder) {
  return {"zsh",
          "-f",
          source_path("tests/integration/manual/zsh_offers.zsh"),
          std::filesystem::path(source_path(kZsh)).parent_path(),
          folder + "/zsh",
          line};
}

std::vector<std::string> ask_fish(const std::string& line) {
  return {"fish", "--no-config", "-c",
          "source '" + source_path(kFish) + "'; complete -C '" + line + "'"};
}

// The program that prints what a shell offers for a line that ends at the cursor. `folder` is the
// test's own.
std::vector<std::string> ask(const std::string& shell, const std::string& line,
                             const std::string& folder) {
  if (shell == "bash") return ask_bash(line);
  return shell == "zsh" ? ask_zsh(line, folder) : ask_fish(line);
}

// Each shell that is here completes with its file; the nbasyncctl that it asks is the test's.
class ShellTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!check({GetParam(), "-c", "true"}).missing) return;
    ASSERT_NE(GetParam(), "bash") << "is needed for this test";
    GTEST_SKIP() << GetParam() << " is not installed here";
  }

  ShellTest() {
    const auto client = folder_.path() / "nbasyncctl";
    std::ofstream(client) << "#!/bin/sh\n"
                             "case $* in\n"
                             "'runs -q') echo r1; echo r2;;\n"
                             "'--socket /x.sock runs -q') echo r3;;\n"
                             "'--session schedules -q') echo nightly; echo live;;\n"
                             "esac\n";
    std::filesystem::permissions(client, std::filesystem::perms::owner_all);
    setenv("PATH", (folder_.path().string() + ":" + path_before_).c_str(), 1);
  }
  ~ShellTest() override { setenv("PATH", path_before_.c_str(), 1); }

  // The words, without what fish tells of them, and without "--option=" before its values.
  Words offered(const std::string& line) const {
    const auto checked = check(ask(GetParam(), line, folder_.path()));
    EXPECT_EQ(checked.status, 0) << checked.output;
    Words words;
    for (const auto& row : lines_of(checked.output)) {
      const auto word = row.substr(0, row.find('\t'));
      words.insert(word.substr(word.find('=') + 1));
    }
    words.erase("");
    return words;
  }

  // Where no operand is expected, zsh goes on with options.
  Words operands(const std::string& line) const {
    auto words = offered(line);
    std::erase_if(words, [](const std::string& word) { return word.starts_with('-'); });
    return words;
  }

 private:
  TemporaryDirectory folder_;
  std::string path_before_ = getenv("PATH");
};

INSTANTIATE_TEST_SUITE_P(Shells, ShellTest, ::testing::Values("bash", "zsh", "fish"),
                         [](const auto& shell) { return shell.param; });

TEST_P(ShellTest, OffersTheCommands) {
  EXPECT_EQ(offered("nbasyncctl "), verbs_of_help());
  EXPECT_EQ(offered("nbasyncctl --json sched"), Words{"schedules"});
  EXPECT_EQ(offered("nbasyncctl --socket /run/x.sock rel"), Words{"reload"});
}

TEST_P(ShellTest, OffersTheOptionsOfEachCommand) {
  const auto options = options_of_help();
  EXPECT_EQ(offered("nbasyncctl -"), options.at(""));
  for (const auto& verb : verbs_of_help()) {
    EXPECT_EQ(offered("nbasyncctl " + verb + " -"), sum(options.at(verb), everywhere())) << verb;
  }
}

TEST_P(ShellTest, OffersTheTypesOfSyncs) {
  EXPECT_EQ(offered("nbasyncctl sync "), words_for_sync());
  EXPECT_EQ(offered("nbasyncctl --json sync te"), Words{"teams"});
  EXPECT_EQ(offered("nbasyncctl sync --season=2025-26 te"), Words{"teams"});
  EXPECT_EQ(offered("nbasyncctl runs --type "), words_for_sync());
  EXPECT_EQ(operands("nbasyncctl sync teams "), Words{});
}

TEST_P(ShellTest, OffersTheWordsOfOptions) {
  EXPECT_EQ(offered("nbasyncctl runs --status "), status_words());
  EXPECT_EQ(offered("nbasyncctl changes --table "), table_names());
  EXPECT_EQ(offered("nbasyncctl runs --status=c"), Words{"cancelled"});
  EXPECT_EQ(offered("nbasyncctl sync --if-busy "), (Words{"queue", "fail", "join"}));
  EXPECT_EQ(offered("nbasyncctl sync --if-busy=q"), Words{"queue"});
  EXPECT_EQ(offered("nbasyncctl sync teams --season a"), Words{"auto"});
  EXPECT_EQ(offered("nbasyncctl games t"), (Words{"today", "tomorrow"}));
}

TEST_P(ShellTest, OffersRunsAndSchedulesOfTheDaemonThatIsMeant) {
  for (const auto* verb : {"run", "cancel", "watch"}) {
    EXPECT_EQ(operands("nbasyncctl " + std::string(verb) + " "), (Words{"r1", "r2"})) << verb;
  }
  EXPECT_EQ(offered("nbasyncctl --socket /x.sock cancel r"), Words{"r3"});
  EXPECT_EQ(operands("nbasyncctl --session explain "), (Words{"nightly", "live"}));
}

TEST(ZshCompletionTest, KnowsTheCommands) {
  const auto list = between(read_source(kZsh), "verbs=(\n", "\n  )");
  EXPECT_EQ(find_all(list, R"re(['"]([a-z]+):)re"), verbs_of_help());
}

TEST(ZshCompletionTest, KnowsTheOptionsOfEachCommand) {
  const auto file = read_source(kZsh);
  const auto options = options_of_help();
  const std::string form = R"re((?:^|[\s'"{,(])(--?[a-z][a-z-]*))re";
  EXPECT_EQ(find_all(between(file, "everywhere=(\n", "\n  )"), form), everywhere());
  EXPECT_THAT(file, HasSubstr("{-V,--version}'["));
  for (const auto& verb : verbs_of_help()) {
    const std::regex label("\\n        \\((?:[a-z|]+\\|)?" + verb + "(?:\\|[a-z|]+)?\\)\\n");
    std::smatch match;
    Words found;
    if (std::regex_search(file, match, label)) {
      found = find_all(between(file, match[0], ";;"), form);
    }
    EXPECT_EQ(found, options.at(verb)) << verb;
  }
}

TEST(FishCompletionTest, KnowsTheCommandsAndTheirOptions) {
  Words verbs;
  Options options;
  for (const auto& line : lines_of(read_source(kFish))) {
    if (!line.starts_with("complete ")) continue;
    const auto plain = std::regex_replace(line, std::regex(R"re( -d ('[^']*'|"[^"]*"))re"), "");
    auto words = Words();
    for (const auto& name : find_all(plain, " -l ([a-z-]+)")) words.insert("--" + name);
    for (const auto& name : find_all(plain, " -s ([a-zA-Z])")) words.insert("-" + name);
    const auto condition =
        between(std::regex_replace(plain, std::regex("__nbasyncctl_operand"), "__nbasyncctl_verb"),
                "__nbasyncctl_verb ", "'");
    if (condition.empty()) {
      if (line.find("__nbasyncctl_no_verb -a") != std::string::npos) {
        verbs.merge(find_all(plain, " -a ([a-z]+)"));
      }
      options[""].merge(words);
    }
    for (const auto& verb : find_all(condition, "([a-z]+)"))
      options[verb].insert(words.begin(), words.end());
  }
  EXPECT_EQ(verbs, verbs_of_help());
  for (const auto& [verb, words] : options_of_help()) EXPECT_EQ(options[verb], words) << verb;
  for (const auto& [verb, words] : options) {
    EXPECT_TRUE(verb.empty() || verbs.contains(verb)) << verb;
  }
}

TEST(CompletionTest, EveryShellKnowsTheSyncTypes) {
  for (const auto* file : {kBash, kZsh, kFish}) {
    const auto list = "teams" + between(read_source(file), "teams", "full") + "full";
    EXPECT_EQ(find_all(list, "([a-z_]+)"), words_for_sync()) << file;
  }
}

}  // namespace
}  // namespace nbasync::testing
