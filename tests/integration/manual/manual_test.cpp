#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "base/duration.hpp"
#include "base/format.hpp"
#include "check/data_checks.hpp"
#include "config/describe.hpp"
#include "control/event_stream.hpp"
#include "control/route.hpp"
#include "dataset/catalog.hpp"
#include "http/connection.hpp"
#include "http/exchange.hpp"
#include "manual_files.hpp"
#include "net/replay_file_name.hpp"
#include "protocol/errors.hpp"
#include "support/decoding.hpp"
#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"

// The manual pages document what the programs have, and nothing else.

namespace nbasync::testing {
namespace {

constexpr const char* kClient = "ctl/man/nbasyncctl.1";
constexpr const char* kDaemon = "daemon/man/nbasyncd.8";
constexpr const char* kApi = NBASYNC_API_PAGE;    // the build makes it
constexpr const char* kData = NBASYNC_DATA_PAGE;  // likewise
constexpr const char* kConfiguration = "daemon/man/nbasyncd.yaml.5";

std::string section_of(const std::string& page, const std::string& title) {
  return between(read_source(page), "\n.Sh " + title + "\n", "\n.Sh ");
}

// Of the head of an item of a list: "-q", "--quiet".
Words flags_of(const std::string& item) {
  Words words;
  for (const auto& name : find_all(item, " Fl -([a-z-]+)")) words.insert("--" + name);
  for (const auto& name : find_all(item, " Fl ([a-zA-Z])\\b")) words.insert("-" + name);
  return words;
}

// Items of a section's outer lists are commands, those inside are their options.
Options options_of_manual() {
  Options options;
  for (const auto& line : lines_of(section_of(kClient, "DESCRIPTION"))) {
    if (line.starts_with(".It Fl")) options[""].merge(flags_of(line));
  }
  int depth = 0;
  std::string verb;
  for (const auto& line : lines_of(section_of(kClient, "COMMANDS"))) {
    if (line.starts_with(".Bl")) ++depth;
    if (line.starts_with(".El")) --depth;
    if (depth == 1 && line.starts_with(".It Cm ")) {
      verb = line.substr(7, line.find(' ', 7) - 7);
      options[verb];
    }
    if (depth == 2 && line.starts_with(".It Fl")) options[verb].merge(flags_of(line));
  }
  return options;
}

// By key, with dots: the default as the manual or the daemon writes it; none if it tells none.
using Defaults = std::map<std::string, std::optional<std::string>>;

// TYPE and DATASET stand for the keys that are named after them.
std::string generic(const std::string& key) {
  const auto typed = std::regex_replace(key, std::regex("^(sync\\.defaults)\\.[^.]+"), "$1.TYPE");
  return std::regex_replace(typed, std::regex("^(sync\\.freshness)\\.[^.]+"), "$1.DATASET");
}

void collect(const Key& key, const std::string& prefix, Defaults& defaults) {
  const auto name = prefix + key.name;
  if (key.is_list()) {
    defaults[name] = std::nullopt;
    for (const auto& child : key.add().keys) collect(child, name + ".", defaults);
  } else if (key.is_section()) {
    key.begin();
    for (const auto& child : key.keys) collect(child, name + ".", defaults);
  } else {
    defaults[generic(name)] = key.write().value_or("null");
  }
}

Defaults defaults_of_daemon() {
  static Config config;  // the keys are bound to it
  Defaults defaults;
  for (const auto& key : describe(config)) collect(key, "", defaults);
  return defaults;
}

Defaults defaults_of_manual() {
  Defaults defaults;
  const std::regex form(R"re(^\.It Cm (\S+)(?: Pq Li "?([^"]*)"?)?$)re");
  for (const auto& line : lines_of(section_of(kConfiguration, "KEYS"))) {
    std::smatch match;
    if (!std::regex_match(line, match, form)) continue;
    defaults[match[1]] = match[2].matched ? std::optional(match[2].str()) : std::nullopt;
  }
  return defaults;
}

Words keys_of(const Defaults& defaults) {
  Words keys;
  for (const auto& [key, value] : defaults) keys.insert(key);
  return keys;
}

// "GET /api/v1/runs?limit=&type=&status=".
Words routes_of_daemon() {
  Words words;
  for (const auto& route : routes()) {
    auto word = std::string(route.method) + " " + std::string(route.path.path);
    for (const auto& parameter : route.parameters) {
      if (parameter.header) continue;
      word += word.find('?') == std::string::npos ? "?" : "&";
      word += std::string(parameter.name) + "=";
    }
    words.insert(word);
  }
  return words;
}

TEST(ClientsManualTest, HasEveryCommandWithItsOptionsAndNoOther) {
  EXPECT_EQ(options_of_manual(), options_of_help());
}

TEST(ClientsManualTest, HasEveryExitStatus) {
  using namespace protocol;
  const auto found = find_all(section_of(kClient, "EXIT STATUS"), "\\.It ([0-9]+)\\n");
  Words expected{"130"};
  for (const int code :
       {kExitDone, kExitFailed, kExitUsage, kExitTimeout, kExitRefused, kExitNotFound,
        kExitUnreachable, kExitDenied, kExitCancelled, kExitStale, kExitConfiguration}) {
    expected.insert(std::to_string(code));
  }
  EXPECT_EQ(found, expected);
}

TEST(DaemonsManualTest, HasEveryOptionAndNoOther) {
  const auto help = check({NBASYNCD, "--help"});
  Words expected;
  for (const auto& line : lines_of(help.output)) {
    if (line.starts_with("  --")) expected.merge(find_all(line.substr(0, 20), "(--[a-z-]+)"));
  }
  Words found;
  for (const auto& line : lines_of(section_of(kDaemon, "DESCRIPTION"))) {
    if (line.starts_with(".It Fl")) found.merge(flags_of(line));
  }
  EXPECT_EQ(found, expected);
  EXPECT_GT(found.size(), 5U);
}

TEST(DaemonsManualTest, HasTheExitStatusesOfTheHelp) {
  const auto help = check({NBASYNCD, "--help"}).output;
  const auto told = find_all(help.substr(help.find("Exit status:")), "\\b([0-9]+) [a-z]");
  EXPECT_EQ(find_all(section_of(kDaemon, "EXIT STATUS"), "\\.It ([0-9]+)\\n"), told);
}

TEST(DaemonsManualTest, NamesTheRepliesFileOfEachRequest) {
  const auto section = section_of(kDaemon, "OFFLINE REPLAY");
  for (const auto* dataset : catalog()) {
    Words expected;
    for (const auto& request : dataset->requests(testing::new_season())) {
      expected.insert(replay_file_name(request));
    }
    const auto item =
        between(section + ".It", ".It Cm " + std::string(dataset->name) + "\n", ".It");
    EXPECT_EQ(find_all(item, "([A-Za-z0-9_-]+\\.json)"), expected) << dataset->name;
  }
}

TEST(ApiManualTest, HasEveryRouteAndNoOther) {
  const auto page = between(read_source(kApi), "\n.Sh ROUTES\n", "\n.Sh ");
  EXPECT_EQ(find_all(page, "\\.It Li \"([A-Z]+ /[^\"]*)\""), routes_of_daemon());
}

TEST(ApiManualTest, HasEveryCode) {
  const auto codes = find_all(section_of(kApi, "CODES"), "\\.It Li \"([a-z-]+)\"");
  for (const auto& each : protocol::error_table()) {
    EXPECT_TRUE(codes.contains(std::string(each.word))) << each.word;
  }
}

TEST(DaemonsManualTest, TellsHowMuchPeersMayHave) {
  constexpr auto kConnections = HttpConnections::kLimits;
  constexpr auto kReaders = EventStream::kReaders;
  const auto page = section_of(kDaemon, "INTERFACES");
  EXPECT_THAT(page, ::testing::HasSubstr(
                        format("{} connections, {} streams of events, {} MiB of bodies",
                               kConnections.all, kReaders.all, kBodiesInFlight.all >> 20)));
  EXPECT_THAT(page,
              ::testing::HasSubstr(format("{} MiB of long answers", kRepliesInFlight.all >> 20)));
  EXPECT_THAT(page, ::testing::HasSubstr(format(
                        "one peer may have {}, {}, {} MiB and {} MiB of", kConnections.each,
                        kReaders.each, kBodiesInFlight.each >> 20, kRepliesInFlight.each >> 20)));
}

TEST(DaemonsManualTest, HasEveryMemberOfTheBusInterface) {
  const auto section = section_of(kDaemon, "INTERFACES");
  const auto members = find_all(read_source("systemd/org.nbasync.Sync1.Manager.xml"),
                                "<(?:method|signal|property) name=\"([A-Za-z]+)\"");
  EXPECT_GT(members.size(), 15U);
  for (const auto& member : members) {
    EXPECT_THAT(section, ::testing::ContainsRegex("\n.Li [^\n]*" + member + "[ \n]"));
  }
}

TEST(DaemonsManualTest, HasThePolkitActions) {
  const auto actions =
      find_all(read_source("daemon/bus/authorizer.cpp"), "\"(org\\.nbasync\\.Sync1\\.[a-z]+)\"");
  EXPECT_EQ(find_all(section_of(kDaemon, "INTERFACES"), "(org\\.nbasync\\.Sync1\\.[a-z]+)"),
            actions);
  EXPECT_EQ(actions.size(), 3U);
}

// The names in a call of getenv, and of the client's own variable().
TEST(ManualTest, HasEveryVariableThatTheProgramsRead) {
  const std::map<std::string, const char*> pages = {{"ctl", kClient}, {"daemon", kDaemon}};
  for (const auto& [folder, page] : pages) {
    Words read;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_path(folder))) {
      if (entry.path().extension() != ".cpp") continue;
      const std::string text = file_text(entry.path());
      read.merge(find_all(text, "(?:getenv|variable)\\(\"([A-Z_]+)\"\\)"));
    }
    auto told =
        find_all(section_of(page, "ENVIRONMENT"), "\\b([A-Z]+(?:_[A-Z]+)+|TERM|TMPDIR|TZ|LANG)\\b");
    for (const auto* librarys : {"DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"}) {
      told.erase(librarys);
    }
    EXPECT_EQ(read, told) << page;
    EXPECT_FALSE(read.empty());
  }
}

TEST(ConfigurationsManualTest, HasEveryKeyAndNoOther) {
  auto expected = keys_of(defaults_of_daemon());
  expected.insert("upstream.headers");  // any header
  expected.insert("schedules.live");    // whose presence says something
  expected.insert("schedules.retry");   // likewise
  EXPECT_EQ(keys_of(defaults_of_manual()), expected);
}

TEST(ConfigurationsManualTest, DefaultsAreTheDaemons) {
  const auto in_daemon = defaults_of_daemon();
  const Words told_in_words{"upstream.user_agent",
                            "upstream.headers",
                            "sync.defaults.TYPE.wait",
                            "sync.defaults.TYPE.timeout",
                            "sync.freshness.DATASET",
                            "sync.full",
                            "schedules",
                            "schedules.name",
                            "schedules.sync",
                            "schedules.live",
                            "schedules.retry",
                            "hooks",
                            "hooks.name"};
  for (const auto& [key, value] : defaults_of_manual()) {
    EXPECT_EQ(value.has_value(), !told_in_words.contains(key)) << key;
    if (value) {
      EXPECT_EQ(value, in_daemon.at(key)) << key;
    }
  }
}

TEST(ConfigurationsManualTest, TellsTheTimesOfEachType) {
  const auto keys = section_of(kConfiguration, "KEYS");
  const auto told = [&](const std::string& key) {
    return between(keys, ".It Cm " + key + "\n", "\n.It ");
  };
  const Config config;
  for (const auto& [type, lock] : config.sync.defaults) {
    EXPECT_THAT(told("sync.defaults.TYPE.timeout"),
                ::testing::HasSubstr(".Cm " + type + "\n" + format_duration(lock.timeout)));
    EXPECT_EQ(lock.wait, type != "full");
  }
  for (const auto& [dataset, age] : config.sync.freshness) {
    EXPECT_THAT(told("sync.freshness.DATASET"),
                ::testing::HasSubstr(".Cm " + dataset + "\n" + format_duration(age)));
  }
}

TEST(ConfigurationsManualTest, ExampleIsAConfigurationThatTheDaemonTakes) {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "nbasyncd.yaml";
  std::ofstream(path) << between(read_source(kConfiguration), ".Bd -literal\n", ".Ed");
  const auto checked = check({NBASYNCD, "--check-config", "--config", path.string()});
  EXPECT_EQ(checked.status, 0) << checked.output;
}

// Each formatter that is here takes each page, and warns of nothing.
TEST(ManualTest, FormattersHaveNothingToSay) {
  const std::vector<std::vector<std::string>> formatters = {
      {"man", "--warnings", "-l", "-Tutf8"},
      {"groff", "-ww", "-mdoc", "-Tutf8"},
      {"mandoc", "-T", "lint", "-W", "warning"}};
  std::string missing;
  for (const auto& formatter : formatters) {
    for (const auto* page : {kClient, kDaemon, kApi, kData, kConfiguration}) {
      // Warnings alone: a formatter prints the page itself on its standard output, mandoc its
      // findings.
      std::string command = "command -v " + formatter[0] + " >/dev/null || exit 9; LC_ALL=C.UTF-8";
      for (const auto& word : formatter) command += " " + word;
      command += " " + source_path(page);
      command += formatter[0] == "mandoc" ? " 2>&1" : " 2>&1 >/dev/null";
      const auto checked = check({"sh", "-c", command});
      if (checked.status == 9) {
        missing += " " + formatter[0];
        break;
      }
      EXPECT_EQ(checked.output, "") << formatter[0] << ' ' << page;
    }
  }
  if (!missing.empty()) GTEST_SKIP() << "not installed here:" << missing;
}

TEST(DaemonManual, NamesEveryCheckOfTheData) {
  const auto list = between(read_source(kDaemon), ".Ss How the data fits together", "\n.El");
  const auto words = data_check_words();
  EXPECT_EQ(find_all(list, "\\.It Li ([a-z-]+)"), Words(words.begin(), words.end()));
}

}  // namespace
}  // namespace nbasync::testing
