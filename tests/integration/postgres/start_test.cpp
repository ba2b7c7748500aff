#include <gmock/gmock.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "integration/daemon/client_fixture.hpp"
#include "support/file_text.hpp"
#include "support/postgres_server.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPassword = "hunter2";

// What can be wrong with a PostgreSQL, and what mends it there. "$u" is the daemon's user, "$s" the
// schema.
struct Fault {
  const char* name;
  const char* makes;
  const char* tells;
  const char* mends;
};

constexpr Fault kFaults[] = {
    {"Password", "ALTER ROLE $u PASSWORD 'other'", "see that the password is the user's",
     "ALTER ROLE $u PASSWORD 'hunter2'"},
    {"Login", "ALTER ROLE $u NOLOGIN", "is not permitted to log in", "ALTER ROLE $u LOGIN"},
    {"Crowd", "ALTER ROLE $u CONNECTION LIMIT 0", "too many connections for role",
     "ALTER ROLE $u CONNECTION LIMIT -1"},
    {"Schema", "REVOKE ALL ON SCHEMA $s FROM $u", "make the schema, and grant this user its use",
     "GRANT ALL ON SCHEMA $s TO $u"},
    {"Rights", "REVOKE CREATE ON SCHEMA $s FROM $u", "grant it to this user",
     "GRANT CREATE ON SCHEMA $s TO $u"},
    {"ReadOnly", "ALTER ROLE $u SET default_transaction_read_only = on",
     "name the primary: target_session_attrs=read-write",
     "ALTER ROLE $u RESET default_transaction_read_only"},
    {"TableInTheWay", "CREATE VIEW $s.games AS SELECT 1 AS one", "games is no table",
     "DROP VIEW $s.games"},
};

// A daemon that starts over a PostgreSQL which is not as it should be says what, tells it at its
// doors, and goes on by itself.
class PostgresStartTest : public ClientFixture, public ::testing::WithParamInterface<Fault> {
 protected:
  PostgresStartTest() {
    auto& server = *PostgresServer::shared();
    user_ = "keeper_" + server.new_name();
    schema_ = place_.name().substr(place_.name().find("%3D") + 3);
    tell("CREATE ROLE $u LOGIN PASSWORD 'hunter2'");
    tell("GRANT ALL ON SCHEMA $s TO $u");
    std::ofstream(password_) << kPassword << '\n';
    std::string text = file_text(config_);
    text.replace(text.find(place_.configuration()), place_.configuration().size(),
                 "database: {url: \"" + server.url(schema_, user_) +
                     "\", password_file: " + password_.string() + "}\n");
    std::ofstream(config_) << text;
  }
  ~PostgresStartTest() override {
    daemon_.reset();
    tell("DROP OWNED BY $u CASCADE");
    tell("DROP ROLE $u");
  }

  void tell(std::string sql) const {
    for (const auto& [name, text] : {std::pair{"$u", user_}, std::pair{"$s", schema_}}) {
      for (auto at = sql.find(name); at != std::string::npos; at = sql.find(name)) {
        sql.replace(at, 2, text);
      }
    }
    execute(sql);
  }

  std::filesystem::path password_ = directory_.path() / "password";
  std::string user_;
  std::string schema_;
};

TEST_P(PostgresStartTest, SaysWhatIsWrongAtEachDoorAndGoesOnByItself) {
  tell(GetParam().makes);
  daemon_ = spawn_daemon();
  ASSERT_TRUE(daemon_->wait_for("nothing is synced until this is mended")) << daemon_->err();
  ASSERT_TRUE(daemon_->wait_for("bus connected")) << daemon_->err();
  for (const auto* way : {kOverSocket, kOverBus}) {
    EXPECT_NE(run(way, {"status"}), 0);
    EXPECT_THAT(err_, HasSubstr("database")) << way;
    EXPECT_THAT(err_, HasSubstr(GetParam().tells)) << way;
  }
  tell(GetParam().mends);
  wait_until_it_serves();
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  EXPECT_THAT(daemon_->err(), Not(HasSubstr(kPassword)));
}

INSTANTIATE_TEST_SUITE_P(, PostgresStartTest, ::testing::ValuesIn(kFaults),
                         [](const auto& fault) { return std::string(fault.param.name); });

}  // namespace
}  // namespace nbasync::testing
