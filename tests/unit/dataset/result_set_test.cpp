#include "dataset/result_set.hpp"

#include <gmock/gmock.h>

#include "dataset/json_decoder.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

namespace nbasync::result_set_test {
namespace {

using ::testing::ElementsAre;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::kNull;
using testing::real;
using testing::text;

constexpr ResultColumn kFields[] = {
    {"GAME_ID", "", Kind::kText, Need::kKey},
    {"GAME_DATE", "", Kind::kDate},
    {"TOV", "", Kind::kInteger},
    {"PACE", "", Kind::kReal},
};

class ResultSetTest : public ::testing::Test {
 protected:
  Grid read(const std::string& body) {
    return read_result_set(json_, body, "teamgamelogs Advanced", "Logs", kFields);
  }
  std::string fault(const std::string& body) {
    const Error error = error_of([&] { read(body); });
    EXPECT_EQ(error.code(), Errc::kUpstreamMalformed);
    return error.what();
  }
  static std::string body(const std::string& headers, const std::string& rows) {
    return R"({"resultSets":[{"name":"Logs","headers":[)" + headers + R"(],"rowSet":[)" + rows +
           "]}]}";
  }
  static std::string one_row(const std::string& cells) {
    return body(R"("GAME_ID","GAME_DATE","TOV","PACE")", "[" + cells + "]");
  }

  JsonDecoder json_;
};

TEST_F(ResultSetTest, ColumnsAreFoundByHeaderAndOthersIgnored) {
  const Grid grid = read(
      body(R"("PACE","NEW_FLAG","GAME_DATE","TOV","GAME_ID")",
           R"([99.91,true,"2025-04-13T00:00:00",12.0,"0022401194"],[100,{},"2025-04-14",7,"x"])"));
  ASSERT_EQ(grid.size(), 2U);
  EXPECT_THAT(grid.row(0),
              ElementsAre(text("0022401194"), text("2025-04-13"), integer(12), real(99.91)));
  EXPECT_THAT(grid.row(1), ElementsAre(text("x"), text("2025-04-14"), integer(7), real(100)));
}

TEST_F(ResultSetTest, ATextThatIsMuchTooLongIsNone) {
  const std::string kMost(1'000, 'x');
  const auto row = [](const std::string& id) {
    return one_row('"' + id + R"(","2025-01-01",1,2)");
  };
  EXPECT_EQ(read(row(kMost)).size(), 1U);
  const auto why = fault(row(std::string(20'000'000, 'x')));
  EXPECT_THAT(why, HasSubstr("row 1, column GAME_ID: "));
  EXPECT_THAT(why, HasSubstr("x…\" has 20000000 bytes, and a text at most 1000"));
  EXPECT_LT(why.size(), 400U);
}

TEST_F(ResultSetTest, ACellOfAnotherKindIsShownInShort) {
  const auto shown = [&](const std::string& cell) {
    return fault(one_row(R"("a","2025-01-01",)" + cell + ",2"));
  };
  EXPECT_THAT(shown(R"("\u001b[2J")"), HasSubstr(R"(column TOV: "\x1b[2J" is not a whole number)"));
  EXPECT_THAT(shown("[1,2]"), HasSubstr("column TOV: a list is not a whole number"));
  EXPECT_THAT(shown("{}"), HasSubstr("column TOV: an object is not a whole number"));
  EXPECT_LT(shown('"' + std::string(20'000'000, '7') + '"').size(), 400U);
}

TEST_F(ResultSetTest, KeyOrderOfTheEnvelopeDoesNotMatter) {
  EXPECT_EQ(read(R"({"resultSets":[{"rowSet":[["a","2025-01-01",1,2]],"headers":)"
                 R"(["GAME_ID","GAME_DATE","TOV","PACE"],"name":"Logs"}],"parameters":{}})")
                .size(),
            1U);
}

TEST_F(ResultSetTest, TheNamedOneOfManyIsRead) {
  const Grid grid =
      read(R"({"resultSets":[{"name":"Other","headers":["A"],"rowSet":[[1],[2]]},)"
           R"({"name":"Logs","headers":["GAME_ID","GAME_DATE","TOV","PACE"],"rowSet":[]}]})");
  EXPECT_EQ(grid.size(), 0U);
}

TEST_F(ResultSetTest, TheOnlyOneIsReadWhateverItsName) {
  EXPECT_EQ(read(R"({"resultSets":[{"name":"Renamed","headers":["GAME_ID","GAME_DATE","TOV",)"
                 R"("PACE"],"rowSet":[]}]})")
                .size(),
            0U);
}

TEST_F(ResultSetTest, ASingleResultSetObjectIsRead) {
  EXPECT_EQ(read(R"({"resultSet":{"name":"Logs","headers":["GAME_ID","GAME_DATE","TOV","PACE"],)"
                 R"("rowSet":[["a",null,null,null]]}})")
                .size(),
            1U);
}

TEST_F(ResultSetTest, WholeNumbersComeInThreeForms) {
  EXPECT_EQ(read(one_row(R"("a",null,"1949",null)")).row(0)[2], integer(1949));
  EXPECT_EQ(read(one_row(R"("a",null,-3.0,null)")).row(0)[2], integer(-3));
  EXPECT_EQ(read(one_row(R"("a",null,5,null)")).row(0)[2], integer(5));
}

TEST_F(ResultSetTest, NullIsKeptWhereItIsAllowed) {
  EXPECT_THAT(read(one_row(R"("a",null,null,null)")).row(0),
              ElementsAre(text("a"), kNull, kNull, kNull));
  EXPECT_THAT(fault(one_row(R"(null,null,null,null)")),
              HasSubstr("row 1, column GAME_ID: null is not text"));
}

TEST_F(ResultSetTest, AMissingColumnIsNamed) {
  EXPECT_EQ(fault(body(R"("GAME_ID","GAME_DATE","TOV")", "")),
            "teamgamelogs Advanced: column PACE is missing; upstream may have renamed it");
}

TEST_F(ResultSetTest, AWrongTypeIsNamedByRowAndColumn) {
  EXPECT_EQ(fault(one_row(R"("a",null,1.5,null)")),
            "teamgamelogs Advanced: row 1, column TOV: 1.5 is not a whole number");
  EXPECT_THAT(fault(one_row(R"("a",null,"12x",null)")), HasSubstr("column TOV"));
  EXPECT_THAT(fault(one_row(R"("a",null,true,null)")), HasSubstr("column TOV"));
  EXPECT_THAT(fault(one_row(R"("a",null,1e18,null)")), HasSubstr("column TOV"));
  EXPECT_THAT(fault(one_row(R"("a",null,1,"99.1")")), HasSubstr("column PACE"));
  EXPECT_THAT(fault(one_row(R"("a","13.04.2025",1,1)")), HasSubstr("column GAME_DATE"));
  EXPECT_THAT(fault(one_row(R"("a","2025-02-30",1,1)")), HasSubstr("is not a date"));
  EXPECT_THAT(fault(one_row(R"(7,null,1,1)")), HasSubstr("column GAME_ID"));
  EXPECT_THAT(fault(one_row(R"(["a"],null,1,1)")), HasSubstr("column GAME_ID"));
}

TEST_F(ResultSetTest, ANumberThatIsTooLargeIsNamed) {
  EXPECT_EQ(fault(one_row(R"("a",null,4611686018427387904,null)")),
            "teamgamelogs Advanced: row 1, column TOV: 4611686018427387904 is too large");
  EXPECT_THAT(fault(one_row(R"("a",null,-4611686018427387904,1)")), HasSubstr("is too large"));
  EXPECT_THAT(fault(one_row(R"("a",null,"4611686018427387904",1)")), HasSubstr("column TOV"));
  EXPECT_THAT(fault(one_row(R"("a",null,1,1e300)")),
              ::testing::AllOf(HasSubstr("column PACE"), HasSubstr("is too large")));
  EXPECT_EQ(read(one_row(R"("a",null,9007199254740992,null)")).row(0)[2],
            integer(9007199254740992));
}

TEST_F(ResultSetTest, ARowOfAnotherWidthIsNamed) {
  EXPECT_EQ(fault(one_row(R"("a",null,1)")),
            "teamgamelogs Advanced: row 1 has 3 cells for 4 headers");
  EXPECT_THAT(fault(one_row(R"("a",null,1,1,1)")), HasSubstr("5 cells for 4 headers"));
  EXPECT_THAT(fault(body(R"("GAME_ID","GAME_DATE","TOV","PACE")", "7")), HasSubstr("row 1"));
}

TEST_F(ResultSetTest, TwoRowsForOneKeyAreNamed) {
  EXPECT_EQ(fault(body(R"("GAME_ID","GAME_DATE","TOV","PACE")",
                       R"(["a",null,1,1],["b",null,1,1],["a",null,2,2])")),
            "teamgamelogs Advanced: two rows for GAME_ID a");
}

TEST_F(ResultSetTest, ABrokenEnvelopeIsNamed) {
  EXPECT_THAT(fault("{}"), HasSubstr("no resultSets"));
  EXPECT_THAT(fault(R"({"resultSets":7})"), HasSubstr("no resultSets"));
  EXPECT_THAT(fault(R"({"resultSets":[]})"), HasSubstr("no result set Logs"));
  EXPECT_THAT(fault(R"({"resultSets":[{"name":"Logs"}]})"), HasSubstr("no headers"));
  EXPECT_THAT(fault(R"({"resultSets":[7]})"), HasSubstr("no headers"));
  EXPECT_THAT(fault(R"({"resultSets":[{"name":"Logs","headers":[1],"rowSet":[]}]})"),
              HasSubstr("header"));
  EXPECT_THAT(fault(R"({"resultSets":[{"headers":["GAME_ID","GAME_DATE","TOV","PACE"]}]})"),
              HasSubstr("no rowSet"));
}

TEST_F(ResultSetTest, AnAnswerIsLabelledByMeasureAndLocation) {
  EXPECT_EQ(label_of({Host::kStats, "teamgamelogs", {{"Location", ""}, {"MeasureType", "Misc"}}}),
            "teamgamelogs Misc");
  EXPECT_EQ(label_of({Host::kStats, "dash", {{"Location", "Home"}, {"MeasureType", "Base"}}}),
            "dash Home Base");
  EXPECT_EQ(label_of({Host::kCdn, "static/scheduleLeagueV2.json", {}}), "scheduleLeagueV2");
}

}  // namespace
}  // namespace nbasync::result_set_test
