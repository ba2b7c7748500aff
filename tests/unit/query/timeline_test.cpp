#include "query/timeline.hpp"

#include <gmock/gmock.h>

#include <string>

#include "query/activity.hpp"
#include "store/store.hpp"
#include "support/test_engine.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TimelineTest : public ::testing::Test {
 protected:
  TimelineTest() { const Store makes_the_tables(database_); }

  void tell(const std::string& sql) const { testing::execute(place_.name(), sql); }
  // One that was asked for a minute before it was started, of this time of 2026-01-15.
  void run(const std::string& id, const std::string& type, const std::string& status,
           const std::string& time, double seconds, int updated = 0) const {
    tell(
        "INSERT INTO data_sync_log (run_id, sync_type, status, triggered_by, requested_at, "
        "started_at, completed_at, duration_seconds, records_synced, inserted_count, "
        "updated_count, "
        "deleted_count, request_count, bytes_received) VALUES ('" +
        id + "', '" + type + "', '" + status + "', 'http', '2026-01-15T" + time + ":00.000Z', " +
        "'2026-01-15T" + time + ":30.000Z', '2026-01-15T" + time + ":59.000Z', " +
        std::to_string(seconds) + ", 10, 1, " + std::to_string(updated) + ", 0, 2, 1000)");
  }
  void decision(const std::string& kind) const {
    tell(
        "INSERT INTO nbasync_decisions (at, schedule, sync_type, decision, reason) VALUES "
        "('2026-01-15T12:00:00.000Z', 'nightly', 'full', '" +
        kind + "', 'why \"not\"')");
  }

  static SystemTime from(const std::string& time) {
    return *parse_utc("2026-01-15T" + time + ":00Z");
  }
  std::string ask(const std::string& time = "00:00") { return timeline(*reader_, from(time), {}); }
  std::string days(const std::string& time = "00:00") { return activity(*reader_, from(time), {}); }

  testing::NewPlace place_;
  testing::TestDatabase database_{place_.name()};
  std::unique_ptr<Connection> reader_ = database_.connect_reader();
};

TEST_F(TimelineTest, NothingHasForm) {
  EXPECT_EQ(ask(), "{\"columns\":[],\"runs\":[],\"more\":false,\"decisions\":[]}\n");
  EXPECT_EQ(days(), "{\"days\":[],\"datasets\":[]}\n");
}

TEST_F(TimelineTest, RunsSinceThenAreThereTheOldestFirstWithoutSteps) {
  run("a", "teams", "success", "10:00", 1);
  run("b", "full", "success", "11:00", 2);
  run("b/teams", "teams", "success", "11:00", 1);
  const auto all = ask();
  EXPECT_THAT(all, HasSubstr("\"columns\":[\"run_id\",\"sync_type\",\"status\","));
  EXPECT_LT(all.find("[\"a\",\"teams\""), all.find("[\"b\",\"full\""));
  EXPECT_THAT(all, Not(HasSubstr("b/teams")));
  EXPECT_THAT(ask("10:30"), Not(HasSubstr("\"a\"")));
  EXPECT_THAT(ask("10:30"), HasSubstr("\"b\""));
}

TEST_F(TimelineTest, WhoWasCancelledInLineIsThereAndWhatAPredecessorWroteIsNot) {
  tell(
      "INSERT INTO data_sync_log (run_id, sync_type, status, requested_at, completed_at) VALUES "
      "('c', 'teams', 'cancelled', '2026-01-15T10:00:00.000Z', '2026-01-15T10:01:00.000Z')");
  tell(
      "INSERT INTO data_sync_log (run_id, sync_type, status, started_at) VALUES ('old', 'teams', "
      "'success', '2026-01-15 10:00:00.123456')");
  EXPECT_THAT(ask(), HasSubstr("[\"c\",\"teams\",\"cancelled\""));
  EXPECT_THAT(ask(), Not(HasSubstr("old")));
}

TEST_F(TimelineTest, OfDecisionsThoseThatMadeNoRun) {
  for (const auto* kind : {"refused", "skipped", "missed", "fired", "requested", "caught-up"}) {
    decision(kind);
  }
  const auto all = ask();
  for (const auto* kind : {"refused", "skipped", "missed"}) EXPECT_THAT(all, HasSubstr(kind));
  for (const auto* kind : {"fired", "requested", "caught-up"}) {
    EXPECT_THAT(all, Not(HasSubstr(kind)));
  }
  EXPECT_THAT(all, HasSubstr("\"reason\":\"why \\\"not\\\"\""));
  EXPECT_THAT(ask("12:30"), HasSubstr("\"decisions\":[]"));
}

TEST_F(TimelineTest, ADayHasItsSumsMedianAndMost) {
  run("a", "teams", "success", "10:00", 1, 2);
  run("b", "teams", "failed", "11:00", 9);
  run("c", "teams", "success", "12:00", 4, 3);
  EXPECT_EQ(days("11:30").find("\"runs\":1,\"failed\":0"), days("11:30").find("\"runs\""));
  EXPECT_THAT(days(), HasSubstr("{\"day\":\"2026-01-15\",\"runs\":3,\"failed\":1,"
                                "\"seconds_p50\":4.000,\"seconds_max\":9.000,\"wait_p50\":30.000,"
                                "\"wait_max\":30.000,\"requests\":6,\"bytes_received\":3000,"
                                "\"changed\":{\"teams\":8}}"));
}

// The rows of a step are its dataset's; what it asked of upstream its run has counted.
TEST_F(TimelineTest, AStepCountsForItsDatasetAlone) {
  run("a", "full", "success", "10:00", 5, 7);
  run("a/teams", "teams", "success", "10:00", 1, 3);
  EXPECT_THAT(days(), HasSubstr("\"runs\":1,"));
  EXPECT_THAT(days(),
              HasSubstr("\"requests\":2,\"bytes_received\":1000,\"changed\":{\"teams\":4}"));
}

TEST_F(TimelineTest, OfADatasetTheLastSuccess) {
  run("a/teams", "teams", "success", "10:00", 1, 3);
  run("b", "teams", "success", "11:00", 1, 5);
  run("c", "teams", "failed", "12:00", 1);
  EXPECT_THAT(days("23:00"),
              HasSubstr("\"datasets\":[{\"name\":\"teams\",\"run_id\":\"b\",\"completed_at\":"
                        "\"2026-01-15T11:00:59.000Z\",\"records_synced\":10,\"inserted_count\":1,"
                        "\"updated_count\":5,\"deleted_count\":0}]"));
}

}  // namespace
}  // namespace nbasync
