#include "query/exported.hpp"

#include "base/error.hpp"
#include "unit/store/engine_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class ExportedTest : public EngineFixture {
 protected:
  std::string exported(ExportQuestion question) {
    std::string all;
    export_table(*connection_, question,
                 [&](std::string_view part) {
                   all += part;
                   ++parts_;
                 },
                 {});
    return all;
  }

  int parts_ = 0;
};

TEST_F(ExportedTest, CsvHasAHeaderAndTellsNullFromAnEmptyText) {
  tell(
      "INSERT INTO league_averages (season, ppg, pace, off_rtg, updated_at) VALUES "
      "('2025-26', 114.5, NULL, 1e21, 'a \"b\", c'), ('2024-25', 113, 0.1, NULL, '')");
  EXPECT_EQ(exported({"league_averages", ""}),
            "season,ppg,pace,off_rtg,def_rtg,fg_pct,fg3_pct,ft_pct,updated_at\r\n"
            "2024-25,113,0.1,,,,,,\"\"\r\n"
            "2025-26,114.5,,1e+21,,,,,\"a \"\"b\"\", c\"\r\n");
}

TEST_F(ExportedTest, NdjsonHasAnObjectALineWithItsTypes) {
  tell("INSERT INTO league_averages (season, ppg, updated_at) VALUES ('2025-26', 114.5, 'x\ny')");
  EXPECT_EQ(exported({"league_averages", "", ExportFormat::kNdjson}),
            R"({"season":"2025-26","ppg":114.5,"pace":null,"off_rtg":null,"def_rtg":null,)"
            R"("fg_pct":null,"fg3_pct":null,"ft_pct":null,"updated_at":"x\u000ay"})"
            "\n");
}

TEST_F(ExportedTest, ASeasonIsThatSeason) {
  tell(
      "INSERT INTO games (id, season) VALUES ('0022500001', '2025-26'), ('0022400001', '2024-25')");
  const auto text = exported({"games", "2024-25"});
  EXPECT_THAT(text, HasSubstr("0022400001,2024-25"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("0022500001")));
}

TEST_F(ExportedTest, RowsOfOtherLeaguesAreLeftOut) {
  tell(
      "INSERT INTO games (id, season) VALUES ('1522500001', '2025-26'), ('0022500002', '2025-26')");
  const auto text = exported({"games", ""});
  EXPECT_THAT(text, HasSubstr("0022500002"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("1522500001")));
}

TEST_F(ExportedTest, EachTableAndViewCanBeExportedBySeason) {
  for (const auto* name :
       {"nba_teams", "todays_games", "players", "player_season_stats", "v_games", "v_standings",
        "v_team_game", "v_team_form", "v_head_to_head", "v_player_season"}) {
    EXPECT_THAT(exported({name, "2025-26"}), HasSubstr("season")) << name;
  }
}

TEST_F(ExportedTest, LongTablesComeInParts) {
  for (int i = 0; i < 300; ++i) {
    tell("INSERT INTO games (id, season, label) VALUES ('002250" + std::to_string(1000 + i) +
         "', '2025-26', '" + std::string(1000, 'x') + "')");
  }
  const auto text = exported({"games", ""});
  EXPECT_GT(text.size(), 300'000U);
  EXPECT_GE(parts_, 4);
  EXPECT_EQ(std::ranges::count(text, '\n'), 301);
}

TEST_F(ExportedTest, AnUnknownTableIsRefusedWithTheNearestName) {
  try {
    exported({"team_game_log", ""});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kInvalidArgument);
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'team_game_logs'?"));
  }
  EXPECT_THROW(exported({"nbasync_meta", ""}), Error) << "only the data";
}

}  // namespace
}  // namespace nbasync::testing
