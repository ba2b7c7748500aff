#include "postgres/postgres_database.hpp"
#include "postgres_fixture.hpp"

namespace nbasync {
namespace {

// Connections of one database, one after the other.
class SpareSessionTest : public testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    if (!IsSkipped()) database_.emplace(PostgresAddress(server_->url(name_)), Options{});
  }
  using Options = PostgresConnection::Options;
  static std::string session_of(Connection& connection) {
    return ask(connection, "SELECT pg_backend_pid()").at(0).at(0);
  }

  std::optional<PostgresDatabase> database_;
};

TEST_F(SpareSessionTest, IsTheNextOnesThatNeedsOne) {
  const auto before = session_of(*database_->connect_reader());
  const auto first = database_->connect_writer();
  const auto second = database_->connect_reader();
  EXPECT_EQ(session_of(*first), before);
  EXPECT_NE(session_of(*second), before);
}

TEST_F(SpareSessionTest, IsNoneThatTheServerHasEnded) {
  auto look = connect();
  const auto before = session_of(*database_->connect_reader());
  ask(look, "SELECT pg_terminate_backend(" + before + ", 20000)");
  EXPECT_NE(session_of(*database_->connect_reader()), before);
}

TEST_F(SpareSessionTest, IsNoneThatIsInTheMidstOfAnAnswer) {
  auto connection = database_->connect_reader();
  EXPECT_THROW(connection->each("SELECT generate_series(1, 1000000)", {},
                                [](Row) { throw std::runtime_error("no"); }, {}),
               std::runtime_error);
  connection.reset();
  EXPECT_EQ(ask(*database_->connect_reader(), "SELECT 1"), (Table{{"1"}}));
}

}  // namespace
}  // namespace nbasync
