#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

class ChangesRoutesTest : public ApiFixture {
 protected:
  // Two teams come, and their standings: so many rows of the feed.
  void sync() {
    ask("POST", kSync, kTeams);
    ASSERT_EQ(ask("GET", "/api/v1/changes")->json()["last_seq"], 4);
  }
  void tell(const std::string& sql) {
    SQLite::Database db(database_, SQLite::OPEN_READWRITE);
    db.exec(sql);
  }
};

TEST_F(ChangesRoutesTest, ASyncIsToldWithItsRun) {
  sync();
  const auto answer = ask("GET", "/api/v1/changes?since=0")->json();
  EXPECT_EQ(answer["count"], 4);
  EXPECT_EQ(answer["oldest_seq"], 1);
  EXPECT_EQ(answer["more"], false);
  const auto runs = ask("GET", "/api/v1/runs")->json()["runs"];
  const auto& change = answer["changes"][0];
  EXPECT_EQ(change["run_id"], runs[0]["run_id"]);
  EXPECT_EQ(change["table_name"], "nba_teams");
  EXPECT_EQ(change["row_key"], (nlohmann::json{{"team_id", 1610612738}}));
  EXPECT_EQ(change["after"]["city"], "Boston");
  EXPECT_EQ(change["is_correction"], false);
  EXPECT_EQ(ask("GET", "/api/v1/changes?since=0&table=games")->json()["count"], 0);
  EXPECT_EQ(ask("GET", "/api/v1/changes?since=1&limit=1")->json()["count"], 1);
  EXPECT_EQ(ask("GET", "/api/v1/changes?corrections=true")->json()["count"], 0);
  const auto run = runs[0]["run_id"].get<std::string>();
  EXPECT_EQ(ask("GET", "/api/v1/changes?run=" + run)->json()["count"], 4);
  EXPECT_EQ(ask("GET", "/api/v1/changes?since=0&run=another")->json()["count"], 0);
}

TEST_F(ChangesRoutesTest, OneALineForWhoAsksForIt) {
  sync();
  request_.headers["accept"] = "application/x-ndjson";
  const auto reply = ask("GET", "/api/v1/changes?since=0&limit=1");
  EXPECT_EQ(reply->reply->content_type, "application/x-ndjson");
  EXPECT_EQ(reply->header("Nbasync-Last-Seq"), "1");
  EXPECT_EQ(reply->header("Nbasync-More"), "true");
  EXPECT_EQ(reply->header("Vary"), "Accept");
  EXPECT_EQ(reply->json()["seq"], 1);
  EXPECT_EQ(reply->reply->body.back(), '\n');
  EXPECT_EQ(ask("GET", "/api/v1/changes?since=4")->reply->body, "");
}

TEST_F(ChangesRoutesTest, WhoKnowsItIsToldSo) {
  sync();
  for (const auto* accept : {"application/json", "application/x-ndjson"}) {
    request_.headers["accept"] = accept;
    request_.headers["if-none-match"] = "";
    const auto tag = ask("GET", "/api/v1/changes?since=4")->header("ETag");
    request_.headers["if-none-match"] = tag;
    EXPECT_EQ(ask("GET", "/api/v1/changes?since=4")->status(), 304) << accept;
    tell("INSERT INTO nbasync_changes (table_name) VALUES ('games')");
    EXPECT_EQ(ask("GET", "/api/v1/changes?since=4&table=nba_teams")->status(), 200)
        << accept << ": nothing new, but where to go on";
    tell("DELETE FROM nbasync_changes WHERE seq > 4");
  }
}

TEST_F(ChangesRoutesTest, WhatIsKeptNoLongerIsGone) {
  sync();
  tell("DELETE FROM nbasync_changes WHERE seq = 1");
  const auto reply = ask("GET", "/api/v1/changes?since=0");
  EXPECT_EQ(reply->status(), 410);
  EXPECT_EQ(reply->reply->content_type, "application/problem+json");
  EXPECT_EQ(reply->json()["code"], "changes-gone");
  EXPECT_EQ(reply->json()["title"], "Gone");
  EXPECT_EQ(reply->json()["oldest_seq"], 2);
  EXPECT_EQ(ask("GET", "/api/v1/changes?since=1")->status(), 200);
}

TEST_F(ChangesRoutesTest, WrongParametersAreNamed) {
  for (const auto& [query, word] :
       std::vector<std::pair<std::string, std::string>>{{"since=-1", "since"},
                                                        {"since=x", "0 or more"},
                                                        {"since=99999999999999999999", "since"},
                                                        {"table=game", "did you mean 'games'"},
                                                        {"corrections=yes", "corrections"},
                                                        {"limit=5001", "5000"}}) {
    const auto reply = ask("GET", "/api/v1/changes?" + query);
    EXPECT_EQ(reply->status(), 400) << query;
    EXPECT_THAT(reply->json()["detail"].get<std::string>(), HasSubstr(word)) << query;
  }
}

}  // namespace
}  // namespace nbasync::testing
