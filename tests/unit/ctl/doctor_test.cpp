#include <gmock/gmock.h>

#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

class DoctorVerbTest : public VerbTest {
 protected:
  static nlohmann::json ill() {
    return {{"well", false},
            {"findings", 1},
            {"checks",
             {{{"check", "leftovers"},
               {"status", "finding"},
               {"count", 176},
               {"text", "rows whose ids are not of the NBA: 176 of team_game_logs"},
               {"hint", "the statement removes them"},
               {"statement", "DELETE FROM team_game_logs WHERE game_id NOT LIKE '00%';"}},
              {{"check", "standings"},
               {"season", "2025-26"},
               {"status", "not-checked"},
               {"count", 0},
               {"text", "no standings are stored"}}}}};
  }
};

TEST_F(DoctorVerbTest, WellIsDone) {
  client.diagnosis = {{"well", true},
                      {"findings", 0},
                      {"checks",
                       {{{"check", "clock"},
                         {"status", "ok"},
                         {"count", 0},
                         {"text", "the clock goes as upstream's does"}}}}};
  EXPECT_EQ(run({"doctor"}), 0);
  EXPECT_EQ(out.str(),
            "ok           clock: the clock goes as upstream's does\n"
            "nothing was found\n");
}

TEST_F(DoctorVerbTest, FindingIsToldWithWhatHelps) {
  client.diagnosis = ill();
  EXPECT_EQ(run({"doctor"}), 1);
  EXPECT_EQ(out.str(),
            "finding      leftovers: rows whose ids are not of the NBA: 176 of team_game_logs\n"
            "             the statement removes them\n"
            "             DELETE FROM team_game_logs WHERE game_id NOT LIKE '00%';\n"
            "not-checked  standings 2025-26: no standings are stored\n"
            "1 of 2 checks found something\n");
}

TEST_F(DoctorVerbTest, QuietIsTheStatusAlone) {
  client.diagnosis = ill();
  EXPECT_EQ(run({"doctor", "-q"}), 1);
  EXPECT_EQ(out.str(), "");
}

TEST_F(DoctorVerbTest, JsonIsAsItCame) {
  client.diagnosis = ill();
  EXPECT_EQ(run({"doctor", "--json"}), 1);
  EXPECT_EQ(nlohmann::json::parse(out.str()), ill());
}

TEST_F(DoctorVerbTest, WithoutADaemonItSaysWhoLooks) {
  client.error = Error(Errc::kDaemonUnreachable, "no daemon answers at /run/nbasync.sock");
  try {
    run({"doctor"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
    EXPECT_THAT(error.what(), HasSubstr("; nbasyncd --doctor looks without the daemon"));
  }
}

}  // namespace
}  // namespace nbasync::testing
