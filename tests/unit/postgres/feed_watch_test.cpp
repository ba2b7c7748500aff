#include "cluster/feed_watch.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "db/read_pool.hpp"
#include "postgres/postgres_database.hpp"
#include "postgres_fixture.hpp"
#include "store/schema.hpp"
#include "support/manual_executor.hpp"

namespace nbasync::feed_watch_test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FeedWatchTest : public testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    if (IsSkipped()) return;
    database_.emplace(PostgresAddress(server_->url(name_)), PostgresConnection::Options{});
    connection_.emplace(connect());
    bring_up_to_date(*connection_, {});
    pool_.emplace(executor_, *database_, 1);
    watch_.emplace(*pool_, [this](const DataChange& change) {
      told_.push_back(format("{} {}-{}", change.run_id, change.first_seq, change.last_seq));
    });
  }

  void add(const std::string& run_id, std::int64_t first, std::int64_t last) {
    for (auto seq = first; seq <= last; ++seq) {
      run(*connection_,
          "INSERT INTO nbasync_changes (seq, run_id, table_name, row_key, change) VALUES ($1, $2, "
          "'games', 'k', 'update')",
          {seq, run_id});
    }
  }
  // As a server that was promoted before it had them.
  void lose_after(std::int64_t seq) {
    run(*connection_, "DELETE FROM nbasync_changes WHERE seq > $1", {seq});
  }
  // What is told after a look.
  std::vector<std::string> look() {
    watch_->saw(std::stoll(
        ask(*connection_, "SELECT coalesce(max(seq), 0) FROM nbasync_changes").at(0).at(0)));
    executor_.drain();
    return std::exchange(told_, {});
  }

  testing::ManualExecutor executor_;
  std::optional<PostgresDatabase> database_;
  std::optional<PostgresConnection> connection_;
  std::optional<ReadPool> pool_;
  std::optional<FeedWatch> watch_;
  std::vector<std::string> told_;
};

TEST_F(FeedWatchTest, WhatIsAddedIsToldOnce) {
  add("before", 1, 2);
  EXPECT_THAT(look(), IsEmpty());
  add("a", 3, 5);
  add("b", 6, 6);
  EXPECT_THAT(look(), ElementsAre("a 3-5", "b 6-6"));
  EXPECT_THAT(look(), IsEmpty());
  add("own", 7, 9);
  watch_->told("own", 9);
  EXPECT_THAT(look(), IsEmpty());
  add("a", 10, 10);
  EXPECT_THAT(look(), ElementsAre("a 10-10"));
}

TEST_F(FeedWatchTest, AfterRowsWereLostWhatHasTheirNumbersIsTold) {
  add("before", 1, 2);
  look();
  add("a", 3, 5);
  add("b", 6, 9);
  EXPECT_THAT(look(), ElementsAre("a 3-5", "b 6-9"));
  lose_after(5);
  add("c", 6, 7);
  EXPECT_THAT(look(), ElementsAre("c 6-7")) << "not the rows that were told before";
  add("d", 8, 9);
  EXPECT_THAT(look(), ElementsAre("d 8-9"));
}

TEST_F(FeedWatchTest, RowsMayBeLostWhileItReads) {
  look();
  add("a", 1, 4);
  watch_->saw(4);
  lose_after(2);
  add("b", 3, 3);
  watch_->saw(3);
  executor_.drain();
  EXPECT_THAT(look(), ElementsAre("a 1-2", "b 3-3"));
  EXPECT_THAT(look(), IsEmpty());
}

}  // namespace
}  // namespace nbasync::feed_watch_test
