#include "config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/describe.hpp"
#include "config_files.hpp"

namespace nbasync {
namespace {

using namespace std::chrono_literals;
using testing::complaint;
using testing::ConfigFolder;
using ::testing::Contains;
using ::testing::HasSubstr;
using testing::load_text;
using ::testing::Not;
using ::testing::Pair;

TEST(LoadConfigTest, EmptyFilesGiveTheDefaults) {
  for (const auto* text : {"", "\n", "# nothing\n", "---\n", "{}\n", "\xEF\xBB\xBF# a mark\n",
                           "database:\nupstream:\n  headers:\nsync:\n"}) {
    EXPECT_EQ(load_text(text), Config{}) << text;
  }
}

TEST(LoadConfigTest, ReadsEveryKindOfValue) {
  const Config config = load_text(R"(
season: 2024-25
database: {busy_timeout: 2m30s, synchronous: normal, readers: 64}
upstream:
  stats_url: "http://localhost:8080/stats/"
  retries: 1
  user_agent: 'A: B'
  headers: {Referer: https://example.org/, X-Extra: "1"}
  proxy: socks5h://me:secret@localhost:1080
sync:
  defaults: {full: {wait: true}, teams: {timeout: 1d}}
  freshness: {todays_games: 10m}
control:
  http: {listen: "[::1]:8080", token_file: /run/token}
dbus: {bus: none}
log: {level: debug, format: json}
)");
  EXPECT_EQ(config.sync.season, "2024-25");
  EXPECT_EQ(config.database.busy_timeout, 150s);
  EXPECT_FALSE(config.database.synchronous_full);
  EXPECT_EQ(config.database.readers, 64);
  EXPECT_EQ(config.upstream.stats_url, "http://localhost:8080/stats");
  EXPECT_EQ(config.upstream.retries, 1);
  EXPECT_EQ(config.upstream.user_agent, "A: B");
  EXPECT_EQ(config.upstream.headers.at("Referer"), "https://example.org/");
  EXPECT_EQ(config.upstream.headers.at("X-Extra"), "1");
  EXPECT_EQ(config.upstream.headers.at("Origin"), "https://www.nba.com") << "the others stay";
  EXPECT_EQ(config.upstream.proxy, "socks5h://me:secret@localhost:1080");
  EXPECT_EQ(config.sync.defaults.at("full"), (LockWait{300s, true}));
  EXPECT_EQ(config.sync.defaults.at("teams"), (LockWait{24h, true}));
  EXPECT_EQ(config.sync.freshness.at("todays_games"), 10min);
  EXPECT_EQ(config.control.http.listen, "[::1]:8080");
  EXPECT_EQ(config.control.http.token_file, "/run/token");
  EXPECT_EQ(config.dbus.bus, DBusConfig::Bus::kNone);
  EXPECT_EQ(config.log.level, log::Level::kDebug);
  EXPECT_EQ(config.log.format, log::Format::kJson);
}

TEST(LoadConfigTest, RelativePathsStartAtTheFolderOfTheirFile) {
  const ConfigFolder folder;
  folder.write("nbasyncd.yaml",
               "database: {path: ../data/nba.db}\n"
               "upstream: {stats_url: 'file:replay/', cdn_url: file:///a/../b}\n");
  folder.write("conf.d/10.yaml", "control: {socket: run/s, http: {token_file: token}}\n");
  const Config config = folder.load().config;
  EXPECT_EQ(config.database.path, folder.path().parent_path() / "data/nba.db");
  EXPECT_EQ(config.upstream.stats_url, "file://" + (folder.path() / "replay").string());
  EXPECT_EQ(config.upstream.cdn_url, "file:///b");
  EXPECT_EQ(config.control.socket, folder.path() / "conf.d/run/s");
  EXPECT_EQ(config.control.http.token_file, folder.path() / "conf.d/token");
}

TEST(LoadConfigTest, DropInsOverrideKeyByKeyInLexicalOrder) {
  const ConfigFolder folder;
  folder.write("nbasyncd.yaml", "database: {readers: 2, busy_timeout: 1s}\nlog: {level: error}\n");
  folder.write("conf.d/20-more.yaml", "database: {readers: 20}\n");
  folder.write("conf.d/10-less.yaml", "database: {readers: 10, busy_timeout: 10s}\n");
  folder.write("conf.d/30-other.yaml.bak", "database: {readers: 30}\n");
  folder.write("conf.d/.hidden.yaml", "database: {readers: 40}\n");
  folder.write("conf.d/30-old.yaml~", "database: {readers: 41}\n");
  folder.write("conf.d/30-other.yml", "database: {readers: 42}\n");
  const auto [config, origins, ignored] = folder.load();
  ASSERT_EQ(ignored.size(), 1U);
  EXPECT_EQ(ignored[0].filename(), "30-other.yml");
  EXPECT_EQ(config.database.readers, 20);
  EXPECT_EQ(config.database.busy_timeout, 10s);
  EXPECT_EQ(config.log.level, log::Level::kError);
  const auto main = (folder.path() / "nbasyncd.yaml").string();
  const auto drop_in = (folder.path() / "conf.d/20-more.yaml").string();
  EXPECT_THAT(origins, Contains(Pair("log.level", main + ":2")));
  EXPECT_THAT(origins, Contains(Pair("database.readers", drop_in + ":1")));
  EXPECT_THAT(origins, Not(Contains(Pair("season", ::testing::_))));
}

TEST(LoadConfigTest, OnlyAFileThatWasAskedForMustExist) {
  const ConfigFolder folder;
  const auto missing = folder.path() / "missing.yaml";
  EXPECT_EQ(load_config({.main = missing, .drop_ins = missing}).config, Config{});
  EXPECT_EQ(load_config({.main = missing, .drop_ins = ""}).config, Config{});
  try {
    load_config({.main = missing, .must_exist = true, .drop_ins = ""});
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kBadConfiguration);
    EXPECT_EQ(error.what(), missing.string() + ": there is no such file");
  }
}

TEST(LoadConfigTest, AFolderIsNoFile) {
  const ConfigFolder folder;
  EXPECT_THROW(load_config({.main = folder.path(), .drop_ins = ""}), Error);
}

TEST(LoadConfigTest, HeaderNamesKnowNoCaseAndNullUnsetsOne) {
  const Config config = load_text("upstream: {headers: {referer: https://a/, ORIGIN: null}}\n");
  EXPECT_EQ(config.upstream.headers.size(), Config{}.upstream.headers.size());
  EXPECT_EQ(config.upstream.headers.at("Referer"), "https://a/");
  EXPECT_EQ(config.upstream.headers.at("Origin"), "");
}

TEST(LoadConfigTest, NamesThePlaceAndTheNearestKey) {
  EXPECT_EQ(complaint("sync:\n  run_timout: 5m\n"),
            "2:3: 'run_timout' is not a key of 'sync'; did you mean 'run_timeout'?");
  EXPECT_EQ(complaint("databse: {}\n"), "1:1: 'databse' is not a key; did you mean 'database'?");
  EXPECT_EQ(complaint("dbus: {zebra: 1}\n"), "1:8: 'zebra' is not a key of 'dbus'; known are: bus");
  EXPECT_EQ(complaint("sync: {freshness: {full: 1d}}\n").substr(0, 44),
            "1:20: 'full' is not a key of 'freshness'; kn");
}

TEST(LoadConfigTest, ADuplicateKeyIsRefused) {
  EXPECT_EQ(complaint("log:\n  level: info\n  format: text\n  level: debug\n"),
            "4:3: 'level' is here a second time; it was set at line 2 already");
  EXPECT_EQ(complaint("season: auto\nseason: auto\n").substr(0, 4), "2:1:");
}

TEST(LoadConfigTest, AMistakeInADropInNamesTheDropIn) {
  const ConfigFolder folder;
  const auto file = folder.write("conf.d/x.yaml", "season: 2025\n").string();
  try {
    folder.load();
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(),
              file + ":1:9: season: '2025' is not a season; write it like 2025-26, or auto");
  }
}

struct Mistake {
  const char* text;
  const char* complaint;  // a part of it
};

class MistakeTest : public ::testing::TestWithParam<Mistake> {};

TEST_P(MistakeTest, IsRefusedWithPlaceAndReason) {
  EXPECT_THAT(complaint(GetParam().text), HasSubstr(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    Values, MistakeTest,
    ::testing::Values(
        Mistake{"sync: {run_timeout: 30}",
                "1:21: sync.run_timeout: '30' is not a duration: it "
                "lacks a unit; write 30s"},
        Mistake{"sync: {run_timeout: 0s}", "0s is out of range: 1s to 1d"},
        Mistake{"sync: {run_timeout: 106751991168d}", "too long"},
        Mistake{"database: {readers: 0}", "1:21: database.readers: 0 is out of range: 1 to 64"},
        Mistake{"database: {readers: 65}", "out of range"},
        Mistake{"database: {readers: 4.0}", "not a whole number"},
        Mistake{"database: {readers: '4'}", "not a whole number"},
        Mistake{"database: {readers: 99999999999999999999}", "not a whole number"},
        Mistake{"database: {readers: null}", "it has no value, but needs a number"},
        Mistake{"database: {readers: [4]}", "it is a list, but needs a number"},
        Mistake{"database: {readers: {a: 4}}", "it has keys of its own, but needs a number"},
        Mistake{"database: {synchronous: fall}", "did you mean 'full'?"},
        Mistake{"database: {path: ''}", "it is empty"},
        Mistake{"database: {path: data/}", "is a folder"},
        Mistake{"sync: {defaults: {teams: {wait: yes}}}", "'yes' is not true or false"},
        Mistake{"log: {level: warn}",
                "log.level: 'warn' is not known here; did you mean 'warning'?"},
        Mistake{"log: {level: loud}", "; known are: debug, info, warning, error"},
        Mistake{"season: 2025-27", "not a season"},
        Mistake{"season: null", "it has no value, but needs a season"},
        Mistake{"upstream: {stats_url: ftp://host}", "no base URL"},
        Mistake{"upstream: {stats_url: 'https:///path'}", "no base URL"},
        Mistake{"upstream: {stats_url: 'https://host/a?b'}", "no base URL"},
        Mistake{"upstream: {stats_url: 'file:'}", "names no folder"},
        Mistake{"upstream: {stats_url: file://host/dir}", "names no folder"},
        Mistake{"upstream: {headers: {User-Agent: x}}", "upstream.user_agent"},
        Mistake{"upstream: {headers: {'a b': x}}", "no name of a header"},
        Mistake{"upstream: {headers: {A: \"x\\ny: z\"}}", "must be one line"},
        Mistake{"upstream: {proxy: localhost}", "no proxy"},
        Mistake{"control: {http: {listen: localhost}}", "no address"},
        Mistake{"control: {http: {listen: 'localhost:0'}}", "no address"},
        Mistake{"control: {http: {listen: '::1:8080'}}", "no address"},
        Mistake{"control: {http: {listen: ':8080'}}", "no address"},
        Mistake{"control: {http: 8080}", "control.http: it has keys of its own"},
        Mistake{"sync: {full: []}", "1:14: sync.full: a full sync must have something to do"},
        Mistake{"sync: {full: [teams, schedule, teams]}", "'teams' stands there twice"},
        Mistake{"sync: {full: [team]}", "'team' is not known here; did you mean 'teams'?"},
        Mistake{"sync: {full: [full]}", "'full' is not known here"},
        Mistake{"sync: {on_start: once}", "known are: if-empty, never, always"},
        Mistake{"sync: []", "1:7: sync: it has keys of its own"},
        Mistake{"- season\n", "1:1: a configuration is a map"},
        Mistake{"season\n", "1:1: a configuration is a map"}));

// What is wrong may be a file of another kind that got there: a complaint is a line all the same.
void write_into_each(const Key& key, const std::string& before, const std::string& after,
                     std::vector<std::string>& texts) {
  for (const auto* bad : {"'%s'", "['%s']"}) {
    auto garbage = std::string(bad);
    garbage.replace(garbage.find("%s"), 2, "[" + std::string(3'000, '*') + " :/");
    texts.push_back(before + key.name + ": " + garbage + after);
  }
  if (key.is_list()) {
    for (const auto& child : key.add().keys) {
      write_into_each(child, before + key.name + ": [{", "}]" + after, texts);
    }
  } else if (key.is_section()) {
    for (const auto& child : key.keys) {
      write_into_each(child, before + key.name + ": {", "}" + after, texts);
    }
  }
}

TEST(LoadConfigTest, NoComplaintRepeatsALongValue) {
  Config config;
  std::vector<std::string> texts;
  for (const auto& key : describe(config)) write_into_each(key, "", "\n", texts);
  EXPECT_GT(texts.size(), 80U);
  for (const auto& text : texts) {
    EXPECT_THAT(complaint(text), ::testing::SizeIs(::testing::Lt(800U))) << text.substr(0, 60);
  }
}

TEST(LoadConfigTest, APasswordIsNotRepeatedInAComplaint) {
  EXPECT_THAT(complaint("upstream: {proxy: 'gopher://me:secret@host'}"),
              ::testing::AllOf(HasSubstr("gopher://***@host"), Not(HasSubstr("secret"))));
}

}  // namespace
}  // namespace nbasync
