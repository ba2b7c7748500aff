#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "support/file_text.hpp"
#include "support/temporary_directory.hpp"
#include "unit/ctl/verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

class ExportVerbTest : public VerbTest {
 protected:
  std::string content() const { return file_text(path_); }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
  }

  TemporaryDirectory folder_;
  std::string path_ = folder_.path() / "out";
};

TEST_F(ExportVerbTest, PrintsWhatComes) {
  client.parts = {"a,b\r\n", "1,2\r\n"};
  EXPECT_EQ(run({"export", "games", "--season", "2025-26"}), 0);
  EXPECT_EQ(out.str(), "a,b\r\n1,2\r\n");
  EXPECT_EQ(client.calls, std::vector<std::string>{"export games 2025-26 csv"});
}

TEST_F(ExportVerbTest, JsonIsLines) {
  EXPECT_EQ(run({"export", "games", "--json"}), 0);
  EXPECT_EQ(run({"export", "games", "--format=ndjson"}), 0);
  EXPECT_EQ(client.calls, (std::vector<std::string>(2, "export games  ndjson")));
}

TEST_F(ExportVerbTest, AFileIsThereWhenItIsWhole) {
  client.parts = {"a", "b"};
  EXPECT_EQ(run({"export", "games", "--output", path_}), 0);
  EXPECT_EQ(content(), "ab");
  EXPECT_EQ(out.str(), "");
  EXPECT_EQ(files(), 1U);
}

TEST_F(ExportVerbTest, WhatBreaksOffLeavesWhatWasThere) {
  std::ofstream(path_) << "before";
  client.parts = {"a part"};
  client.break_off = Error(Errc::kDaemonUnreachable, "lost the daemon");
  for (const auto* verb : {"export", "snapshot"}) {
    const auto words = std::string(verb) == "export"
                           ? std::vector<std::string>{verb, "games", "-o", path_}
                           : std::vector<std::string>{verb, path_};
    EXPECT_THROW(run(words), Error) << verb;
    EXPECT_EQ(content(), "before") << verb;
    EXPECT_EQ(files(), 1U) << "nothing of it stays: " << verb;
  }
}

TEST_F(ExportVerbTest, ASnapshotTakesThePlaceOfTheOneBefore) {
  std::ofstream(path_) << "before";
  client.parts = {"SQLite format 3", "!"};
  EXPECT_EQ(run({"snapshot", path_}), 0);
  EXPECT_EQ(content(), "SQLite format 3!");
  EXPECT_EQ(out.str(), path_ + ": 16 B\n");
  EXPECT_EQ(run({"snapshot", path_, "--json"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("\"bytes\": 16"));
}

TEST_F(ExportVerbTest, APlaceThatCannotBeWrittenIsToldBeforeAnythingIsAsked) {
  for (const auto& path : {std::string("/nowhere/at/all"), folder_.path().string(),
                           std::string("/dev/null"), std::string("x/")}) {
    try {
      run({"snapshot", path});
      FAIL() << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::kStorage);
      EXPECT_THAT(error.what(), HasSubstr(path));
    }
  }
  EXPECT_TRUE(client.calls.empty());
}

TEST_F(ExportVerbTest, AWrongFormatIsRefused) {
  EXPECT_THROW(run({"export", "games", "--format", "parquet"}), Error);
  EXPECT_THROW(run({"export"}), Error);
}

class SchemaVerbTest : public VerbTest {
 protected:
  SchemaVerbTest() {
    client.the_schema = {{{"table_name", "games"},
                          {"is_view", false},
                          {"description", "A game."},
                          {"columns",
                           {{{"column_name", "id"},
                             {"type", "text"},
                             {"is_key", true},
                             {"description", "The game, \"ten digits\"."},
                             {"unit", "id"},
                             {"source", "scheduleLeagueV2 gameId"}},
                            {{"column_name", "arena"},
                             {"type", "text"},
                             {"is_key", false},
                             {"description", "Where it is played."},
                             {"unit", "text"},
                             {"source", "scheduleLeagueV2 arenaName"}}}}}};
  }
};

TEST_F(SchemaVerbTest, ShowsWhatColumnsMean) {
  EXPECT_EQ(run({"schema", "games"}), 0);
  EXPECT_EQ(client.calls, std::vector<std::string>{"schema games"});
  EXPECT_THAT(out.str(), HasSubstr("games: A game.\n"));
  EXPECT_THAT(out.str(), HasSubstr("id *    text  id    The game, \"ten digits\". "
                                   "(scheduleLeagueV2 gameId)\n"));
}

TEST_F(SchemaVerbTest, PrintsCsv) {
  EXPECT_EQ(run({"schema", "--csv"}), 0);
  EXPECT_EQ(out.str(),
            "table_name,column_name,type,is_key,description,unit,source\r\n"
            "games,id,text,1,\"The game, \"\"ten digits\"\".\",id,scheduleLeagueV2 gameId\r\n"
            "games,arena,text,0,Where it is played.,text,scheduleLeagueV2 arenaName\r\n");
}

TEST_F(SchemaVerbTest, PrintsJsonAndNames) {
  EXPECT_EQ(run({"schema", "--quiet"}), 0);
  EXPECT_EQ(out.str(), "games\n");
  EXPECT_EQ(run({"schema", "--json"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("\"column_name\": \"arena\""));
}

}  // namespace
}  // namespace nbasync::testing
