#include "ctl/app/arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/error.hpp"
#include "ctl/app/verb_table.hpp"

namespace nbasync {
namespace {

using ctl::parse_arguments;
using ::testing::HasSubstr;

std::string refusal(std::vector<std::string> words) {
  try {
    parse_arguments(std::move(words));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kInvalidArgument);
    return error.what();
  }
  return "accepted";
}

TEST(ArgumentsTest, UnknownCommandIsAnsweredWithTheNearest) {
  EXPECT_EQ(refusal({"snyc"}), "unknown command 'snyc'; did you mean 'sync'?");
  EXPECT_EQ(refusal({"statsu", "--json"}), "unknown command 'statsu'; did you mean 'status'?");
}

TEST(ArgumentsTest, CommandNearToNoneIsAnsweredWithTheList) {
  EXPECT_EQ(
      refusal({"xylophone"}),
      "unknown command 'xylophone'; known are: sync, status, runs, run, cancel, backfill, watch, "
      "schedules, explain, pause, resume, games, standings, player, changes, schema, export, "
      "snapshot, doctor, reload, version");
}

TEST(ArgumentsTest, UnknownOptionIsAnsweredWithTheNearest) {
  EXPECT_EQ(refusal({"sync", "teams", "--forse"}),
            "unknown option '--forse'; did you mean '--force'?");
  EXPECT_EQ(refusal({"runs", "--statsu=failed"}),
            "unknown option '--statsu'; did you mean '--status'?");
  EXPECT_EQ(refusal({"status", "-x"}), "unknown option '-x'; see 'nbasyncctl status --help'");
}

TEST(ArgumentsTest, UnknownOptionWordIsAnsweredWithTheNearest) {
  EXPECT_EQ(refusal({"sync", "teams", "--if-busy", "qeue"}),
            "--if-busy: unknown word 'qeue'; did you mean 'queue'?");
  EXPECT_EQ(refusal({"runs", "--status", "sucess"}),
            "--status: unknown word 'sucess'; did you mean 'success'?");
}

TEST(ArgumentsTest, BadDurationSaysWhichOption) {
  EXPECT_THAT(refusal({"sync", "teams", "--run-timeout", "5"}),
              HasSubstr("--run-timeout: '5' is not a duration"));
}

TEST(ArgumentsTest, MissingWordNamesCommandAndWord) {
  EXPECT_EQ(refusal({"sync"}), "sync: TYPE is required; see 'nbasyncctl sync --help'");
  EXPECT_EQ(refusal({"cancel"}), "cancel: RUN is required; see 'nbasyncctl cancel --help'");
  EXPECT_EQ(refusal({}), "no command; see 'nbasyncctl --help'");
}

TEST(ArgumentsTest, WordTooManyIsRefused) {
  EXPECT_EQ(refusal({"sync", "teams", "full"}),
            "sync: one word too many: 'full'; see 'nbasyncctl sync --help'");
}

TEST(ArgumentsTest, LimitOfRunsIsOneToAThousand) {
  EXPECT_THAT(refusal({"runs", "-n", "0"}),
              HasSubstr("--limit: '0' is no whole number from 1 to 1000"));
  EXPECT_THAT(refusal({"runs", "-n", "1001"}), HasSubstr("no whole number"));
  EXPECT_EQ(refusal({"runs", "-n", "1000"}), "accepted");
}

TEST(ArgumentsTest, GlobalOptionsGoBeforeAndAfterTheCommand) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"--json", "-q", "--session", "status"}, {"status", "--session", "--json", "--quiet"}}) {
    const auto arguments = parse_arguments(words);
    EXPECT_TRUE(arguments.json);
    EXPECT_TRUE(arguments.quiet);
    EXPECT_EQ(arguments.bus, ctl::Bus::kSession);
    EXPECT_TRUE(arguments.action);
  }
  EXPECT_EQ(parse_arguments({"status", "--system"}).bus, ctl::Bus::kSystem);
  EXPECT_EQ(parse_arguments({"status"}).bus, std::nullopt);
}

TEST(ArgumentsTest, SocketAndBusExcludeEachOther) {
  EXPECT_EQ(parse_arguments({"status", "--socket", "/x"}).socket, "/x");
  EXPECT_THAT(refusal({"status", "--socket", "/x", "--session"}),
              HasSubstr("--socket cannot be said together with --session"));
}

TEST(ArgumentsTest, HelpListsEveryCommandAndDoesNothing) {
  const auto arguments = parse_arguments({"--help"});
  EXPECT_FALSE(arguments.action);
  for (const auto& verb : ctl::verbs()) {
    EXPECT_THAT(arguments.help, HasSubstr(std::string(verb.summary)));
  }
}

TEST(ArgumentsTest, HelpBeforeACommandIsTheCommands) {
  EXPECT_THAT(parse_arguments({"--help", "status"}).help, HasSubstr("--check"));
}

TEST(ArgumentsTest, WordsOfACommandMayBeThoseOfAnother) {
  EXPECT_TRUE(parse_arguments({"explain", "status"}).action);
  EXPECT_TRUE(parse_arguments({"--socket", "status", "runs"}).action);
}

TEST(ArgumentsTest, HelpHasEveryExitStatus) {
  const auto help = parse_arguments({"--help"}).help;
  for (const auto* code : {"0 done", "1 the", "2 usage", "3 lock", "4\nrefused", "5 not",
                           "6 daemon", "7 not", "8 cancelled", "9 stale", "78 the"}) {
    EXPECT_THAT(help, HasSubstr(code));
  }
}

TEST(ArgumentsTest, HelpOfEveryCommandHasExamplesAndFitsEightyColumns) {
  for (const auto& verb : ctl::verbs()) {
    const auto help = parse_arguments({std::string(verb.name), "--help"}).help;
    EXPECT_THAT(help, HasSubstr("\nExamples:\n  nbasyncctl " + std::string(verb.name)));
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(ArgumentsTest, HelpOfACommandListsItsOptions) {
  EXPECT_THAT(parse_arguments({"sync", "--help"}).help, HasSubstr("--if-busy queue|fail|join"));
}

TEST(ArgumentsTest, VersionFlagNeedsNoCommand) {
  const auto arguments = parse_arguments({"--version"});
  EXPECT_FALSE(arguments.action);
  EXPECT_EQ(arguments.help, "nbasyncctl " NBASYNC_VERSION "\n");
}

TEST(ArgumentsTest, HelpIsACommandToo) {
  EXPECT_EQ(parse_arguments({"help", "sync"}).help, parse_arguments({"sync", "--help"}).help);
  EXPECT_EQ(parse_arguments({"help"}).help, parse_arguments({"--help"}).help);
  EXPECT_THAT(refusal({"help", "snyc"}), HasSubstr("did you mean 'sync'?"));
}

TEST(ArgumentsTest, VersionHasAShortForm) {
  EXPECT_EQ(parse_arguments({"-V"}).help, parse_arguments({"--version"}).help);
}

TEST(ArgumentsTest, UtcGoesBeforeAndAfterTheCommand) {
  EXPECT_TRUE(parse_arguments({"--utc", "status"}).utc);
  EXPECT_TRUE(parse_arguments({"status", "--utc"}).utc);
  EXPECT_FALSE(parse_arguments({"status"}).utc);
}

}  // namespace
}  // namespace nbasync
