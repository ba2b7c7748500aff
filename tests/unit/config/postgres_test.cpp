#include <gmock/gmock.h>

#include <cstdlib>

#include "config/postgres_of.hpp"
#include "config_files.hpp"

namespace nbasync {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using testing::complaint;
using testing::ConfigFolder;
using ::testing::HasSubstr;
using testing::load_text;
using ::testing::Not;

TEST(PostgresConfigTest, OneLineChoosesIt) {
  const auto config = load_text(
      "database: {url: 'postgresql://nbasync@db1,db2/nba', password_file: /run/p, "
      "statement_timeout: 5s}\ncluster: {instance: left, lease: 2s, poll: 200ms, role: standby}\n");
  EXPECT_EQ(config.database.url, "postgresql://nbasync@db1,db2/nba");
  EXPECT_EQ(config.database.password_file, "/run/p");
  EXPECT_EQ(config.database.statement_timeout, 5s);
  EXPECT_EQ(config.cluster.instance, "left");
  EXPECT_EQ(config.cluster.lease, 2s);
  EXPECT_EQ(config.cluster.poll, 200ms);
  EXPECT_TRUE(config.cluster.standby);
}

TEST(PostgresConfigTest, WhatIsOfAFileIsRefusedBesideIt) {
  for (const auto* of_a_file :
       {"path: /a.db", "busy_timeout: 1s", "reader_busy_timeout: 1s", "synchronous: normal"}) {
    const auto text = std::string("database: {url: 'postgresql://db1/nba', ") + of_a_file + "}\n";
    EXPECT_THAT(complaint(text), AllOf(HasSubstr(std::string(of_a_file).substr(0, 4)),
                                       HasSubstr("'url' names a PostgreSQL")));
  }
  EXPECT_THAT(complaint("database: {password_file: /run/p}\n"), HasSubstr("'url' names none"));
}

TEST(PostgresConfigTest, APasswordIsNoPartOfTheUrlAndIsNotTold) {
  EXPECT_THAT(complaint("database: {url: 'postgresql://me:hunter2@db1/nba'}\n"),
              AllOf(HasSubstr("1:"), HasSubstr("password"), Not(HasSubstr("hunter2"))));
  EXPECT_THAT(complaint("database: {url: 'mysql://db1/nba'}\n"), HasSubstr("postgresql://"));
}

TEST(PostgresConfigTest, TheLeaseHasBounds) {
  for (const auto* lease : {"0s", "999ms", "301s"}) {
    EXPECT_THAT(complaint(std::string("cluster: {lease: ") + lease + "}\n"),
                HasSubstr("is out of range: 1s to 5m"))
        << lease;
  }
}

TEST(PostgresConfigTest, ListenIsAWordOrAUrlOfItsOwn) {
  const auto listen = [](const std::string& value) {
    return load_text("database: {url: 'postgresql://db1/nba', listen: " + value + "}\n").database;
  };
  const auto at_url = load_text("database: {url: 'postgresql://db1/nba'}\n").database;
  EXPECT_EQ(at_url, listen("auto"));
  EXPECT_EQ(bell_address(at_url)->name(), "postgresql://db1/nba");
  EXPECT_TRUE(rings(at_url));
  EXPECT_FALSE(bell_address(listen("off")).has_value());
  EXPECT_FALSE(rings(listen("off")));
  const auto own = listen("'postgresql://me@db2/nba'");
  EXPECT_EQ(bell_address(own)->name(), "postgresql://db2/nba");
  EXPECT_TRUE(rings(own));
}

TEST(PostgresConfigTest, WhatListenIsNotIsRefusedWithoutAPassword) {
  for (const auto* value : {"on", "me:hunter2@db2/nba", "postgresql://me:hunter2@db2/nba"}) {
    EXPECT_THAT(complaint(std::string("database: {url: 'postgresql://db1/nba', listen: '") + value +
                          "'}\n"),
                AllOf(HasSubstr("listen"), Not(HasSubstr("hunter2"))));
  }
  EXPECT_THAT(complaint("database: {url: 'postgresql://db1/nba', listen: of}\n"),
              HasSubstr("'of' is not known here; write auto, off or postgresql://"));
  EXPECT_THAT(complaint("database: {listen: off}\n"), HasSubstr("'url' names none"));
}

class PasswordTest : public ::testing::Test {
 protected:
  // With this file, or none.
  std::string password(const std::optional<std::string>& file) const {
    DatabaseConfig config;
    config.url = "postgresql://me@db1/nba";
    if (file) config.password_file = folder_.write("password", *file);
    const auto address = postgres_address(config);
    for (const auto& [name, value] : address.parameters()) {
      if (name == "password") return value;
    }
    return "none";
  }

  ConfigFolder folder_;
};

TEST_F(PasswordTest, IsTheFirstLineOfItsFile) {
  EXPECT_EQ(password("hunter2\nmore\n"), "hunter2");
  EXPECT_EQ(password("hunter2"), "hunter2");
  EXPECT_EQ(password(std::nullopt), "none");
  EXPECT_THROW(password("\n"), Error);
}

TEST_F(PasswordTest, AFileThatIsMissingIsNamed) {
  DatabaseConfig config;
  config.url = "postgresql://me@db1/nba";
  config.password_file = "/no/such/password";
  try {
    postgres_address(config);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kBadConfiguration);
    EXPECT_THAT(error.what(), HasSubstr("database.password_file: /no/such/password: cannot be"));
  }
}

TEST_F(PasswordTest, SystemdsCredentialGoesBeforeTheFile) {
  folder_.write("database-password", "of-systemd\n");
  ::setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1);
  const auto found = password("hunter2\n");
  ::unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_EQ(found, "of-systemd");
}

}  // namespace
}  // namespace nbasync
