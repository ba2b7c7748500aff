#pragma once

#include "support/fake_fetcher.hpp"

namespace nbasync::testing {

// The least of a league that every dataset can be synced from: two teams, without games.
inline void answer_with_two_teams(FakeFetcher& fetcher) {
  fetcher.answer("commonteamyears",
                 R"({"resultSets":[{"name":"TeamYears",)"
                 R"("headers":["LEAGUE_ID","TEAM_ID","MIN_YEAR","MAX_YEAR","ABBREVIATION"],)"
                 R"("rowSet":[["00",1610612738,"1946","2025","BOS"],)"
                 R"(["00",1610612747,"1948","2025","LAL"]]}]})");
  fetcher.answer("leaguestandingsv3",
                 R"({"resultSets":[{"name":"Standings",)"
                 R"("headers":["TeamID","TeamCity","TeamName","Conference","Division"],)"
                 R"("rowSet":[[1610612738,"Boston","Celtics","East","Atlantic"],)"
                 R"([1610612747,"Los Angeles","Lakers","West","Pacific"]]}]})");
  fetcher.answer("scheduleLeagueV2",
                 R"({"leagueSchedule":{"seasonYear":"2025-26","leagueId":"00","gameDates":[]}})");
}

}  // namespace nbasync::testing
