#include <gmock/gmock.h>

#include "ctl/view/status_text.hpp"
#include "support/rows.hpp"
#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

json half_done() {
  return json::parse(R"({"backfill": {
    "from": "2015-16", "to": "2017-18", "open": true, "of": 3, "done": 1, "failed": 0,
    "season": "2016-17", "next": null, "why": null,
    "seasons": [
      {"season": "2017-18", "state": "whole", "retry": 0, "run_id": null, "why": null},
      {"season": "2016-17", "state": "under-way", "retry": 2,
       "run_id": "5f3a1b2c-0000-4000-8000-000000000001", "why": null},
      {"season": "2015-16", "state": "waiting", "retry": 1, "not_before": "2026-01-15T12:04:00Z",
       "run_id": "7d1e0000-0000-4000-8000-000000000002", "why": "status 503"}]}})");
}

class BackfillVerbTest : public VerbTest {};

TEST_F(BackfillVerbTest, BeginsARangeOrASeason) {
  EXPECT_EQ(run({"backfill", "2015-16..2017-18"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("3 seasons will be fetched, newest first"));
  EXPECT_EQ(run({"backfill", "2016-17"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("backfill 2015-16 2017-18", "backfill 2016-17 2016-17"));
  EXPECT_EQ(error_of([&] { run({"backfill", "2015-16.."}); }).code(), Errc::kInvalidArgument);
}

TEST_F(BackfillVerbTest, ShowsHowFarItIsAlsoWithoutAWord) {
  client.statuses = {half_done()};
  EXPECT_EQ(run({"backfill"}), 0);
  EXPECT_EQ(out.str(),
            "2015-16..2017-18: 1 of 3 seasons; 2016-17 now\n"
            "\n"
            "SEASON   STATE                   RUN       WHY\n"
            "2017-18  whole                   -\n"
            "2016-17  under-way, retry 2      5f3a1b2c\n"
            "2015-16  waiting, in 4 min 00 s  7d1e0000  status 503\n");
}

TEST_F(BackfillVerbTest, OneThatWasStoppedSaysSoAndALongReasonIsCut) {
  auto status = half_done();
  status["backfill"]["open"] = false;
  status["backfill"]["season"] = nullptr;
  status["backfill"]["seasons"][2]["why"] = std::string(500, 'x');
  client.statuses = {status};
  EXPECT_EQ(run({"backfill"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("2015-16..2017-18: 1 of 3 seasons; stopped\n"));
  EXPECT_THAT(out.str(), ::testing::Not(HasSubstr(std::string(150, 'x'))));
}

TEST_F(BackfillVerbTest, ThereMayBeNone) {
  EXPECT_EQ(run({"backfill", "status"}), 0);
  EXPECT_EQ(out.str(), "there was no backfill yet\n");
}

TEST_F(BackfillVerbTest, Stops) {
  EXPECT_EQ(run({"backfill", "stop"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("stop_backfill"));
}

TEST_F(BackfillVerbTest, TheStatusHasALineOfIt) {
  const auto text = ctl::status_text(read<ctl::Status>(half_done()), clock.wall(), {});
  EXPECT_THAT(text, HasSubstr("  Backfill: 2015-16..2017-18: 1 of 3 seasons; 2016-17 now\n"));
  auto over = half_done();
  over["backfill"]["open"] = false;
  EXPECT_THAT(ctl::status_text(read<ctl::Status>(over), clock.wall(), {}),
              ::testing::Not(HasSubstr("Backfill")));
}

}  // namespace
}  // namespace nbasync::testing
