#include <fstream>

#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class ExportRoutesTest : public ApiFixture {
 protected:
  // What a stream has, read to its end.
  std::string body_of(const std::shared_ptr<Exchange>& exchange) {
    const auto stream = std::move(exchange->reply->stream);  // it goes with the last part
    if (!stream) return exchange->reply->body;
    stream->on_ready([] {});
    std::string all;
    char buffer[4096];
    while (!stream->is_over()) {
      executor_.drain();
      while (const auto count = stream->read(buffer, sizeof buffer)) all.append(buffer, count);
    }
    return all;
  }
};

TEST_F(ExportRoutesTest, ATableIsSentAsAFile) {
  ask("POST", kSync, kTeams);
  const auto csv = ask("GET", "/api/v1/export/nba_teams");
  ASSERT_EQ(csv->status(), 200);
  EXPECT_EQ(csv->reply->content_type, "text/csv; charset=utf-8; header=present");
  EXPECT_EQ(csv->header("Content-Disposition"), "attachment; filename=\"nba_teams.csv\"");
  const auto text = body_of(csv);
  EXPECT_THAT(text, StartsWith("team_id,team_abbreviation,full_name"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 3);
  const auto lines = ask("GET", "/api/v1/export/nba_teams?format=ndjson&season=2025-26");
  EXPECT_EQ(lines->header("Content-Disposition"),
            "attachment; filename=\"nba_teams-2025-26.ndjson\"");
  EXPECT_THAT(body_of(lines), StartsWith("{\"team_id\":"));
  EXPECT_EQ(body_of(ask("GET", "/api/v1/export/nba_teams?format=ndjson&season=1999-00")), "");
}

TEST_F(ExportRoutesTest, WhatIsWrongIsToldBeforeAnythingIsMade) {
  for (const auto& [target, word] : std::vector<std::pair<std::string, std::string>>{
           {"/api/v1/export/nba_team", "did you mean 'nba_teams'?"},
           {"/api/v1/export/nbasync_meta", "unknown table"},
           {"/api/v1/export/games?format=parquet", "format"},
           {"/api/v1/export/games?season=2025", "season"}}) {
    const auto reply = send("GET", target);
    EXPECT_EQ(reply->status(), 400) << target;
    EXPECT_THAT(reply->json()["detail"].get<std::string>(), HasSubstr(word)) << target;
  }
  EXPECT_EQ(executor_.jobs(), 0U);
}

TEST_F(ExportRoutesTest, HeadMakesNothing) {
  const auto head = send("HEAD", "/api/v1/export/games");
  EXPECT_EQ(head->status(), 200);
  EXPECT_EQ(head->reply->stream, nullptr);
  EXPECT_EQ(executor_.jobs(), 0U);
}

TEST_F(ExportRoutesTest, APeerHasTwoAtTheSameTime) {
  auto first = ask("GET", "/api/v1/export/games");
  const auto second = ask("GET", "/api/v1/export/games");
  const auto third = ask("GET", "/api/v1/export/games");
  EXPECT_EQ(third->status(), 503);
  EXPECT_EQ(third->json()["code"], "queue-full");
  first->reply->stream.reset();  // its client has it, or has gone
  EXPECT_EQ(ask("GET", "/api/v1/export/games")->status(), 200);
}

TEST_F(ExportRoutesTest, ALostTableIsAProblemAndTakesNoPlace) {
  {
    SQLite::Database db(database_, SQLite::OPEN_READWRITE);
    db.exec("DROP TABLE league_averages");
  }
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(ask("GET", "/api/v1/export/league_averages")->json()["code"], "storage");
  }
}

TEST_F(ExportRoutesTest, ASnapshotIsWhatTheDaemonWrites) {
  doors_.snapshot = [](Connection&, const std::string& path, const std::stop_token&) {
    std::ofstream(path) << "the whole database";
  };
  const auto snapshot = ask("GET", "/api/v1/snapshot");
  ASSERT_EQ(snapshot->status(), 200);
  EXPECT_EQ(snapshot->reply->content_type, "application/vnd.sqlite3");
  EXPECT_EQ(snapshot->header("Content-Disposition"),
            "attachment; filename=\"nba_data-2026-01-15.db\"");
  EXPECT_EQ(body_of(snapshot), "the whole database");
}

TEST_F(ExportRoutesTest, AFullDiskIsToldWithItsPlace) {
  doors_.snapshot = [](Connection&, const std::string&, const std::stop_token&) {
    throw Error(Errc::kStorageFull, "/var/tmp: the disk is full; make room there");
  };
  const auto snapshot = ask("GET", "/api/v1/snapshot");
  EXPECT_EQ(snapshot->json()["detail"], "/var/tmp: the disk is full; make room there");
  EXPECT_EQ(snapshot->json()["code"], "storage-full");
}

TEST_F(ExportRoutesTest, TheSchemaTellsEachColumn) {
  const auto all = ask("GET", "/api/v1/schema")->json()["tables"];
  EXPECT_GT(all.size(), 12U);
  const auto one = ask("GET", "/api/v1/schema?table=standings")->json()["tables"];
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0]["table_name"], "standings");
  EXPECT_EQ(one[0]["is_view"], false);
  EXPECT_EQ(one[0]["columns"][0],
            (nlohmann::json{{"column_name", "team_id"},
                            {"type", "integer"},
                            {"is_key", true},
                            {"description", "The team, as upstream numbers it."},
                            {"unit", "id"},
                            {"source", "leaguestandingsv3 TeamID"}}));
  EXPECT_EQ(ask("GET", "/api/v1/schema?table=standing")->status(), 400);
}

}  // namespace
}  // namespace nbasync::testing
