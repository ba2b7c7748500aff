#include "postgres/postgres_batch.hpp"

#include <array>
#include <thread>

#include "postgres/postgres_text.hpp"
#include "postgres_fixture.hpp"

namespace nbasync {
namespace {

using testing::error_of;
using testing::integer;
using testing::kNull;
using testing::real;
using testing::text;

constexpr std::array kColumns = {
    Column{"season", Type::kText, true},
    Column{"id", Type::kInteger, true},
    Column{"name"},
    Column{"height", Type::kReal},
    Column{"city", Type::kText, false, OnUpdate::kKeepIfNull},
    Column{"seen_first", Type::kText, false, OnUpdate::kInsertOnly},
};
constexpr nbasync::Table kPlayers = {"players_of_test", kColumns, "synced_at", "created_at"};

class PostgresBatchTest : public testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    if (server_ == nullptr) return;
    auto connection = connect();
    run(connection,
        "CREATE TABLE players_of_test (season text, id bigint, name text, height double precision, "
        "city text, seen_first text, synced_at text, created_at text, PRIMARY KEY (season, id))");
  }

  static std::vector<Value> row(std::int64_t id, const char* name, Value height = kNull,
                                Value city = kNull, const char* seen = "now") {
    return {text("2025-26"), id, text(name), std::move(height), std::move(city), text(seen)};
  }
  static Rows rows(const std::vector<std::vector<Value>>& all) {
    Rows result{kColumns, {}};
    for (const auto& cells : all) {
      result.cells.insert(result.cells.end(), cells.begin(), cells.end());
    }
    return result;
  }
  void change(Connection& connection, TableBatch table, const std::string& now,
              const std::stop_token& stop = {}) {
    connection.change([&] { return Batch{{table}, now}; }, stop);
  }
  Table stored(Connection& connection) {
    return ask(connection,
               "SELECT id, name, height, city, seen_first, synced_at, created_at FROM "
               "players_of_test ORDER BY id");
  }
};

TEST_F(PostgresBatchTest, RowsAreInsertedUpdatedAndDeleted) {
  auto connection = connect();
  const auto first = rows({row(1, "O'Neal \\ \"Shaq\", {x}", real(2.16), text("Orlando")),
                           row(2, ""), row(3, "NULL", real(1.9))});
  change(connection, {&kPlayers, &first, {}, {}, {0, 1, 2}}, "t1");
  EXPECT_EQ(stored(connection),
            (Table{{"1", "O'Neal \\ \"Shaq\", {x}", "2.16", "Orlando", "now", "t1", "t1"},
                   {"2", "", "", "", "now", "t1", "t1"},
                   {"3", "NULL", "1.9", "", "now", "t1", "t1"}}));

  const auto second = rows({row(1, "Shaq", kNull, kNull, "later"), row(4, "Kobe")});
  change(connection, {&kPlayers, &second, {{text("2025-26"), integer(2)}}, {0}, {1}}, "t2");
  EXPECT_EQ(stored(connection), (Table{{"1", "Shaq", "", "Orlando", "now", "t2", "t1"},
                                       {"3", "NULL", "1.9", "", "now", "t1", "t1"},
                                       {"4", "Kobe", "", "", "now", "t2", "t2"}}));
}

TEST_F(PostgresBatchTest, RowThatSomebodyElseInsertedMeanwhileIsUpdated) {
  auto connection = connect();
  const auto theirs = rows({row(1, "theirs", kNull, text("Boston"))});
  const auto ours = rows({row(1, "ours")});
  change(connection, {&kPlayers, &theirs, {}, {}, {0}}, "t1");
  change(connection, {&kPlayers, &ours, {}, {}, {0}}, "t2");
  EXPECT_EQ(stored(connection), (Table{{"1", "ours", "", "Boston", "now", "t2", "t1"}}));
}

TEST_F(PostgresBatchTest, AllOfItOrNothing) {
  auto connection = connect();
  auto broken = rows({row(1, "a"), row(2, "b")});
  broken.cells.back() = kNull;
  run(connection, "ALTER TABLE players_of_test ALTER seen_first SET NOT NULL");
  const auto good = rows({row(7, "good")});
  EXPECT_EQ(error_of([&] {
              connection.change(
                  [&] {
                    return Batch{
                        {{&kPlayers, &good, {}, {}, {0}}, {&kPlayers, &broken, {}, {}, {0, 1}}},
                        "t1"};
                  },
                  {});
            }).code(),
            Errc::kStorage);
  EXPECT_TRUE(stored(connection).empty());
}

TEST_F(PostgresBatchTest, NothingToWriteIsNoMessage) {
  EXPECT_EQ(postgres_batch({{{&kPlayers, nullptr, {}, {}, {}}}, "t1"}), "");
}

TEST_F(PostgresBatchTest, WithinARehearsalItIsPartOfThat) {
  auto connection = connect();
  const auto good = rows({row(7, "good")});
  connection.rehearse(
      [&] {
        change(connection, {&kPlayers, &good, {}, {}, {0}}, "t1");
        EXPECT_EQ(stored(connection).size(), 1u);
      },
      {});
  EXPECT_TRUE(stored(connection).empty());
}

TEST_F(PostgresBatchTest, StopRequestWhileItWaitsLeavesNothing) {
  auto connection = connect();
  auto other = connect();
  auto watcher = connect();
  const auto good = rows({row(7, "good")});
  std::stop_source stop;
  other.transaction(
      [&] {
        run(other, "LOCK TABLE players_of_test");
        std::jthread stopper([&] {
          comes(watcher, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
                "1");
          stop.request_stop();
        });
        EXPECT_EQ(error_of([&] {
                    change(connection, {&kPlayers, &good, {}, {}, {0}}, "t1", stop.get_token());
                  }).code(),
                  Errc::kCancelled);
      },
      {});
  EXPECT_TRUE(stored(connection).empty());
  change(connection, {&kPlayers, &good, {}, {}, {0}}, "t2");
  EXPECT_EQ(stored(connection).size(), 1u);
}

// A season's worth, larger than what the socket holds.
TEST_F(PostgresBatchTest, LargeBatchIsOneMessage) {
  auto connection = connect();
  std::vector<std::vector<Value>> all;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < 20'000; ++i) {
    all.push_back(row(static_cast<std::int64_t>(i), "a name of some length", real(0.1)));
    numbers.push_back(i);
  }
  const auto many = rows(all);
  change(connection, {&kPlayers, &many, {}, {}, numbers}, "t1");
  EXPECT_EQ(ask(connection, "SELECT count(*), sum(id) FROM players_of_test"),
            (Table{{"20000", "199990000"}}));
}

}  // namespace
}  // namespace nbasync
