#include <gmock/gmock.h>

#include "ctl/view/changes_text.hpp"
#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

json a_change(int seq, const char* kind = "update") {
  const std::string change = kind;
  json row{{"seq", seq},
           {"run_id", "r"},
           {"changed_at", "2026-01-15T11:45:03Z"},
           {"table_name", "games"},
           {"row_key", {{"id", "0022500001"}}},
           {"change", change},
           {"before", nullptr},
           {"after", nullptr},
           {"is_correction", false}};
  if (change != "insert") row["before"] = {{"home_score", 110}, {"label", nullptr}};
  if (change != "delete") row["after"] = {{"home_score", 112}, {"label", "Cup"}};
  return row;
}

json a_page(const std::vector<json>& changes, int last_seq, bool more = false) {
  return {{"changes", changes}, {"last_seq", last_seq}, {"oldest_seq", 1}, {"more", more}};
}

class ChangesVerbTest : public VerbTest {};

TEST_F(ChangesVerbTest, TheNewestAreListed) {
  auto correction = a_change(8);
  correction["is_correction"] = true;
  client.pages = {a_page({a_change(7, "insert"), correction}, 8)};
  EXPECT_EQ(run({"changes"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("changes newest 20  false"));
  EXPECT_EQ(
      out.str(),
      "SEQ  WHEN                     TABLE  CHANGE              ROW         WHAT\n"
      "  7  2026-01-15 11:45:03 UTC  games  insert              0022500001  home_score 112, "
      "label Cup\n"
      "  8  2026-01-15 11:45:03 UTC  games  update, correction  0022500001  home_score 110 -> "
      "112, label - -> Cup\n");
}

TEST_F(ChangesVerbTest, NoneAreSaidSo) {
  client.pages = {a_page({}, 0)};
  EXPECT_EQ(run({"changes", "--table", "games", "--corrections", "-n", "5"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("changes newest 5 games true"));
  EXPECT_EQ(out.str(), "no changes\n");
}

TEST_F(ChangesVerbTest, WhatIsLeftOutIsSaid) {
  client.pages = {a_page({a_change(5)}, 5, true)};
  EXPECT_EQ(run({"changes", "--since", "4", "-n", "1"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("changes 4 1  false"));
  EXPECT_THAT(out.str(), HasSubstr("go on with --since 5"));
}

TEST_F(ChangesVerbTest, AProgramIsToldAllSinceOneALine) {
  client.pages = {a_page({a_change(5), a_change(6)}, 6, true), a_page({a_change(7)}, 9)};
  EXPECT_EQ(run({"changes", "--since", "0", "--json"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("changes 0 1000  false", "changes 6 1000  false"));
  EXPECT_EQ(out.str(),
            a_change(5).dump() + "\n" + a_change(6).dump() + "\n" + a_change(7).dump() + "\n");
}

TEST_F(ChangesVerbTest, QuietAreTheNumbers) {
  client.pages = {a_page({a_change(5), a_change(6)}, 6)};
  EXPECT_EQ(run({"changes", "-q"}), 0);
  EXPECT_EQ(out.str(), "5\n6\n");
}

TEST_F(ChangesVerbTest, FollowingBeginsNowAndGoesByTheEvents) {
  client.pages = {a_page({a_change(4)}, 4), a_page({}, 4),             // at the beginning
                  a_page({a_change(5)}, 5), a_page({a_change(6)}, 6),  // events
                  a_page({a_change(7)}, 7)};                           // a look in between
  client.events = {{"changes", {{"run_id", "r"}, {"table", "games"}, {"first_seq", 5}}},
                   {"progress", {{"run_id", "r"}, {"step", "teams"}, {"percent", 5}}},
                   {"finished", {{"run_id", "r"}, {"sync_type", "teams"}}}};
  EXPECT_EQ(run({"changes", "--follow"}), 130);
  EXPECT_THAT(client.calls, ElementsAre("listen", "changes newest 1  false",
                                        "changes 4 1000  false", "follow ", "changes 4 1000  false",
                                        "changes 5 1000  false", "changes 6 1000  false"));
  EXPECT_EQ(out.str(),
            "5  2026-01-15 11:45:03 UTC  games  update  0022500001  home_score 110 -> 112, label - "
            "-> Cup\n"
            "6  2026-01-15 11:45:03 UTC  games  update  0022500001  home_score 110 -> 112, label - "
            "-> Cup\n"
            "7  2026-01-15 11:45:03 UTC  games  update  0022500001  home_score 110 -> 112, label - "
            "-> Cup\n");
}

TEST_F(ChangesVerbTest, FollowingFromANumberCatchesUpFirst) {
  client.ticks = 0;
  client.pages = {a_page({a_change(5)}, 5, true), a_page({a_change(6)}, 6)};
  run({"changes", "--follow", "--since", "4", "--json"});
  EXPECT_THAT(client.calls,
              ElementsAre("listen", "changes 4 1000  false", "changes 5 1000  false", "follow "));
  EXPECT_EQ(out.str(), a_change(5).dump() + "\n" + a_change(6).dump() + "\n");
}

TEST_F(ChangesVerbTest, WhatIsGoneIsTheDaemonsError) {
  client.error = Error(Errc::kChangesGone, "gone");
  EXPECT_THROW(run({"changes", "--since", "1"}), Error);
}

TEST_F(ChangesVerbTest, ANumberIsZeroOrMore) {
  EXPECT_THROW(run({"changes", "--since", "-1"}), Error);
  EXPECT_THROW(run({"changes", "--since", "x"}), Error);
}

TEST_F(ChangesVerbTest, ALoadIsToldByItsCount) {
  auto load = a_change(1, "load");
  load["row_key"] = {{"scope", "2025-26"}};
  load["after"] = {{"count", 2460}};
  const auto page = read<protocol::Changes>(a_page({load}, 1));
  EXPECT_THAT(ctl::changes_text(page.changes, {}), HasSubstr("2025-26  2460 rows at once"));
}

TEST_F(ChangesVerbTest, ATextFromOutsideStaysOnItsLine) {
  auto change = a_change(1);
  change["after"]["label"] = "a\nb\x1b[1m";
  const auto page = read<protocol::Changes>(a_page({change}, 1));
  EXPECT_THAT(ctl::change_line(page.changes[0], {}), HasSubstr("a\\x0ab\\x1b[1m"));
}

TEST_F(ChangesVerbTest, WatchTellsThemToo) {
  client.events = {{"changes",
                    {{"run_id", "5f3a1b2c"},
                     {"table", "games"},
                     {"first_seq", 5},
                     {"last_seq", 7},
                     {"inserted", 1},
                     {"updated", 2},
                     {"deleted", 0}}}};
  run({"watch"});
  EXPECT_THAT(out.str(), HasSubstr("changes   games: 1 inserted, 2 updated, 0 deleted"));
}

}  // namespace
}  // namespace nbasync::testing
