#include <array>
#include <string>
#include <vector>

#include "postgres_fixture.hpp"

namespace nbasync {
namespace {

using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::kNull;
using testing::real;
using testing::text;

constexpr std::array kOddColumns = {Column{"id", Type::kInteger, true},
                                    Column{"share", Type::kReal}, Column{"words"}};
constexpr nbasync::Table kOddTable = {"odd", kOddColumns, "", ""};

// What who copies whole tables needs.
class PostgresBulkTest : public testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    if (IsSkipped()) return;
    auto connection = connect();
    run(connection, "CREATE TABLE odd (id bigint PRIMARY KEY, share double precision, words text)");
  }

  void fill(PostgresConnection& connection, const std::vector<std::vector<Value>>& rows) {
    connection.transaction(
        [&] {
          connection.fill(kOddTable,
                          [&](const auto& put) {
                            for (const auto& row : rows) put(row);
                          },
                          {});
        },
        {});
  }
};

TEST_F(PostgresBulkTest, EachCellArrivesAsItWas) {
  auto connection = connect();
  fill(connection, {{integer(1), real(0.1 + 0.2), text("a\tb\\n\n\\N\r\"{,}'")},
                    {integer(2), kNull, text("")},
                    {integer(-3), real(1e-300), kNull},
                    {integer(4), real(26), text("\\.")}});
  EXPECT_EQ(ask(connection, "SELECT id, share, words, words IS NULL FROM odd ORDER BY id"),
            (Table{{"-3", "1e-300", "", "1"},
                   {"1", "0.30000000000000004", "a\tb\\n\n\\N\r\"{,}'", "0"},
                   {"2", "", "", "0"},
                   {"4", "26", "\\.", "0"}}));
}

TEST_F(PostgresBulkTest, ManyRowsComeInParts) {
  auto connection = connect({.statement_timeout = std::chrono::seconds(20)});
  constexpr std::int64_t kRows = 5'001;
  std::int64_t sum = 0;
  connection.transaction(
      [&] {
        connection.fill(kOddTable,
                        [&](const auto& put) {
                          const std::string words(100, 'x');
                          for (std::int64_t id = 1; id <= kRows; ++id) {
                            put(std::array{integer(id), kNull, Value(words)});
                          }
                        },
                        {});
        for (int again = 0; again < 2; ++again) {
          connection.each_of_many("SELECT id FROM odd",
                                  [&](const Row& row) { sum += to_integer(row[0]); }, {});
        }
      },
      {});
  EXPECT_EQ(sum, kRows * (kRows + 1));
}

TEST_F(PostgresBulkTest, WhatIsThrownOrRefusedAmidRowsLeavesNothingAndAConnectionThatWorks) {
  auto connection = connect();
  const auto thrown = error_of([&] {
    connection.transaction(
        [&] {
          connection.fill(kOddTable,
                          [](const auto& put) {
                            put(std::array{integer(1), kNull, kNull});
                            throw Error(Errc::kStorage, "no more");
                          },
                          {});
        },
        {});
  });
  EXPECT_STREQ(thrown.what(), "no more");
  const auto refused = error_of([&] {
    fill(connection, {{integer(1), kNull, kNull}, {integer(1), kNull, kNull}});
  });
  EXPECT_THAT(refused.what(), HasSubstr("duplicate key value"));
  run(connection, "ALTER TABLE odd RENAME TO even");
  EXPECT_THAT(error_of([&] { fill(connection, {}); }).what(), HasSubstr("\"odd\" does not exist"));
  EXPECT_EQ(ask(connection, "SELECT count(*) FROM even"), (Table{{"0"}}));
}

TEST_F(PostgresBulkTest, AStopRequestEndsIt) {
  auto connection = connect();
  std::stop_source stop;
  const auto cancelled = error_of([&] {
    connection.transaction(
        [&] {
          connection.fill(
              kOddTable,
              [&](const auto& put) {
                const std::string words(1 << 16, 'x');
                put(std::array{integer(1), kNull, Value(words)});
                stop.request_stop();
                put(std::array{integer(2), kNull, Value(words)});
              },
              stop.get_token());
        },
        {});
  });
  EXPECT_EQ(cancelled.code(), Errc::kCancelled);
  EXPECT_EQ(ask(connection, "SELECT count(*) FROM odd"), (Table{{"0"}}));
}

TEST_F(PostgresBulkTest, WhatIsFrozenStaysAsItWas) {
  auto connection = connect();
  auto other = connect();
  connection.transaction(
      [&] {
        connection.freeze({});
        EXPECT_EQ(ask(connection, "SELECT count(*) FROM odd"), (Table{{"0"}}));
        run(other, "INSERT INTO odd VALUES (1)");
        EXPECT_EQ(ask(connection, "SELECT count(*) FROM odd"), (Table{{"0"}}));
      },
      {});
  EXPECT_EQ(ask(connection, "SELECT count(*) FROM odd"), (Table{{"1"}}));
}

}  // namespace
}  // namespace nbasync
