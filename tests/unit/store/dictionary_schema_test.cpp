#include "dataset/dictionary.hpp"
#include "dataset/views.hpp"
#include "store/schema.hpp"
#include "store/view_schema.hpp"
#include "unit/store/engine_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DictionarySchemaTest : public EngineFixture {
 protected:
  std::vector<std::string> strangers() { return view_schema::strangers(*connection_, {}); }

  // What a start of the daemon does, of a database that is not as it was left.
  void bring() {
    tell("DELETE FROM nbasync_meta WHERE key = 'schema'");
    bring_up_to_date(*connection_, {});
  }
};

TEST_F(DictionarySchemaTest, TheTableHasEachColumn) {
  std::size_t columns = 0;
  for (const auto& table : dictionary()) columns += table.columns.size();
  EXPECT_EQ(ask("SELECT count(*) FROM nbasync_columns"), std::to_string(columns));
  EXPECT_EQ(ask("SELECT description || unit || source FROM nbasync_columns WHERE table_name = "
                "'standings' AND column_name = 'wins'"),
            "Games won, of the regular season.gamesleaguestandingsv3 WINS");
  EXPECT_EQ(ask("SELECT column_name FROM nbasync_columns WHERE table_name = 'games' ORDER BY "
                "ordinal_position LIMIT 2"),
            "id,season");
}

TEST_F(DictionarySchemaTest, NothingIsWrittenWhileItIsTheSame) {
  tell("UPDATE nbasync_columns SET unit = 'of a user'");
  bring_up_to_date(*connection_, {});
  EXPECT_EQ(ask("SELECT DISTINCT unit FROM nbasync_columns"), "of a user")
      << "it was not looked at";
  bring();
  EXPECT_EQ(ask("SELECT count(*) FROM nbasync_columns WHERE unit = 'of a user'"), "0");
}

TEST_F(DictionarySchemaTest, ViewsHaveTheColumnsThatTheDictionaryTells) {
  for (const View& view : views()) {
    std::vector<std::string> names;
    for (const auto& column : connection_->columns_of(view.name, {})) names.push_back(column.name);
    std::vector<std::string> wanted;
    for (const auto& column : view.columns) wanted.emplace_back(column.name);
    EXPECT_EQ(names, wanted) << view.name;
  }
  EXPECT_THAT(strangers(), IsEmpty());
}

TEST_F(DictionarySchemaTest, AViewThatIsGoneOrOfAnotherTextIsMadeAgain) {
  const auto good = ask("SELECT count(*) FROM v_games");
  const bool is_file = connection_->kind() == DatabaseKind::kFile;
  tell("DROP VIEW v_standings");
  tell("DROP VIEW v_games");
  const std::string mark = "nbasync: made by nbasyncd, and made again by it";
  tell(is_file ? "CREATE VIEW v_games AS /* " + mark + " */ SELECT 7 AS old"
               : "CREATE VIEW v_games AS SELECT 7 AS old");
  if (!is_file) tell("COMMENT ON VIEW v_games IS '" + mark + ", 0123456789abcdef'");
  EXPECT_THAT(strangers(),
              ElementsAre("v_games (of another version)", "v_standings (is not there)"));
  bring();
  EXPECT_THAT(strangers(), IsEmpty());
  EXPECT_EQ(ask("SELECT count(*) FROM v_games"), good);
}

TEST_F(DictionarySchemaTest, WhatIsAUsersStaysAndIsTold) {
  tell("DROP VIEW v_games");
  tell("DROP VIEW v_standings");
  tell("CREATE VIEW v_games AS SELECT 'mine' AS whose");
  tell("CREATE TABLE v_standings (whose TEXT)");
  bring();
  EXPECT_EQ(ask("SELECT whose FROM v_games"), "mine");
  EXPECT_THAT(strangers(), ElementsAre("v_games (a view that is not ours)",
                                       "v_standings (a table that is not ours)"));
}

}  // namespace
}  // namespace nbasync::testing
