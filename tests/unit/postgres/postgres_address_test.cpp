#include "postgres/postgres_address.hpp"

#include <gmock/gmock.h>

#include "support/rows.hpp"

namespace nbasync {
namespace {

using ::testing::AllOf;
using testing::error_of;
using ::testing::HasSubstr;
using ::testing::Not;

std::string name_of(const std::string& url) { return PostgresAddress(url, "secret").name(); }

TEST(PostgresAddressTest, NameTellsWhereAndNoSecret) {
  EXPECT_EQ(name_of("postgresql://nbasync@db1:5433/nba"), "postgresql://db1:5433/nba");
  EXPECT_EQ(name_of("postgres://db1,db2/nba?target_session_attrs=read-write"),
            "postgresql://db1,db2/nba");
  EXPECT_EQ(name_of("postgresql:///nba?host=/run/postgresql"),
            "postgresql:///nba?host=/run/postgresql");
}

TEST(PostgresAddressTest, PasswordIsGivenToLibpq) {
  const PostgresAddress address("postgresql://nbasync@db1/nba", "secret");
  EXPECT_THAT(address.parameters(), ::testing::Contains(std::pair("password", "secret")));
}

TEST(PostgresAddressTest, WhatIsNoAddressIsRefused) {
  for (const char* url : {"", "nba_data.db", "mysql://db1/nba", "host=db1 dbname=nba"}) {
    const auto error = error_of([&] { PostgresAddress{url}; });
    EXPECT_EQ(error.code(), Errc::kBadConfiguration) << url;
    EXPECT_THAT(error.what(), HasSubstr("begins with postgresql://")) << url;
  }
}

TEST(PostgresAddressTest, WhatLibpqDoesNotUnderstandIsToldInItsWords) {
  const auto error = error_of([] { PostgresAddress{"postgresql://db1/nba?colour=green"}; });
  EXPECT_EQ(error.code(), Errc::kBadConfiguration);
  EXPECT_THAT(error_of([] { PostgresAddress{"postgresql://[db1/nba"}; }).what(),
              HasSubstr("matching \"]\""));
}

TEST(PostgresAddressTest, NoMessageTellsAPassword) {
  for (const char* url :
       {"postgresql://me:hunter2@db1/nba", "postgresql://db1/nba?password=hunter2",
        "postgresql://me:hunter2@[db1/nba", "postgresql://me:hunter2%zz@db1/nba",
        "postgresql://me:hunter2/x@[db1/nba", "postgresql://[db1/nba?password=hunter2",
        "postgresql://db1/nba?password=hunter2&colour=green"}) {
    EXPECT_THAT(error_of([&] { PostgresAddress{url}; }).what(), Not(HasSubstr("hunter2"))) << url;
  }
}

}  // namespace
}  // namespace nbasync
