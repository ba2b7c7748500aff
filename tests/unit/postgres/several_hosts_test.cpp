#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>
#include <thread>

#include "base/unique_fd.hpp"
#include "postgres_fixture.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

namespace fs = std::filesystem;
using testing::error_of;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

// One host of several has the database. Here each is a folder with a socket; the server's has
// itself, and others can lead to it.
class SeveralHostsTest : public testing::PostgresFixture {
 protected:
  static fs::path socket_in(const fs::path& folder) { return folder / ".s.PGSQL.5432"; }

  // It takes connections and says nothing.
  static UniqueFd be_silent(const fs::path& folder) {
    UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket_in(folder).c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener.get(), 8), 0);
    return listener;
  }
  static int connections_of(const UniqueFd& listener) {
    int count = 0;
    while (UniqueFd(::accept(listener.get(), nullptr, nullptr))) ++count;
    return count;
  }
  void lead_to_server(const fs::path& folder) const {
    fs::create_symlink(socket_in(server_->folder()), socket_in(folder));
  }

  PostgresAddress address(const fs::path& first, const fs::path& second) const {
    return PostgresAddress("postgresql://postgres@/postgres?host=" + first.string() + "," +
                           second.string() + "&port=5432,5432&options=-csearch_path%3D" + name_);
  }

  testing::TemporaryDirectory first_;
  testing::TemporaryDirectory second_;
};

TEST_F(SeveralHostsTest, OneThatIsSilentDoesNotKeepFromTheNext) {
  const auto silent = be_silent(first_.path());
  const auto hosts = address(first_.path(), server_->folder());
  PostgresConnection::Options options;
  options.connect_timeout = 3s;
  PostgresConnection connection(hosts, options);
  EXPECT_EQ(ask(connection, "SELECT 1"), (Table{{"1"}}));
  EXPECT_EQ(connections_of(silent), 1);
  PostgresConnection next(hosts, options);
  EXPECT_EQ(ask(next, "SELECT 1"), (Table{{"1"}}));
  EXPECT_EQ(connections_of(silent), 0) << "who has answered last is asked first";
}

TEST_F(SeveralHostsTest, WhereAllAreSilentThatIsTold) {
  const auto one = be_silent(first_.path());
  const auto two = be_silent(second_.path());
  PostgresConnection::Options options;
  options.connect_timeout = 100ms;
  PostgresConnection connection(address(first_.path(), second_.path()), options);
  const auto error = error_of([&] { connection.run("SELECT 1", {}, {}); });
  EXPECT_EQ(error.code(), Errc::kStorageBusy);
  EXPECT_THAT(error.what(), HasSubstr("has not answered for 0.1 s"));
  EXPECT_EQ(connections_of(one), 1);
  EXPECT_EQ(connections_of(two), 1);
}

TEST_F(SeveralHostsTest, OnceItIsElsewhereNobodyWaitsForTheOldHost) {
  lead_to_server(first_.path());
  const auto hosts = address(first_.path(), second_.path());
  PostgresConnection waits(hosts);
  PostgresConnection idle(hosts);
  ask(idle, "SELECT 1");
  std::jthread mover([&] {
    auto watcher = connect();
    comes(watcher, "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(20)'",
          "1");
    fs::remove(socket_in(first_.path()));
    lead_to_server(second_.path());
    PostgresConnection another(hosts);
    ask(another, "SELECT 1");
  });
  const auto error = error_of([&] { waits.run("SELECT pg_sleep(20)", {}, {}); });
  EXPECT_EQ(error.code(), Errc::kStorage);
  EXPECT_THAT(error.what(), HasSubstr("is on another host now"));
  mover.join();
  EXPECT_EQ(ask(waits, "SELECT 1"), (Table{{"1"}}));
  const auto before = ask(idle, "SELECT pg_backend_pid()");
  EXPECT_EQ(ask(idle, "SELECT pg_backend_pid()"), before);
}

// A server that stands still does not hear that it shall break off, either.
TEST_F(SeveralHostsTest, WhoGivesUpAServerThatStandsStillIsFree) {
  lead_to_server(first_.path());
  PostgresConnection::Options options;
  options.statement_timeout = 50ms;
  PostgresConnection connection(
      PostgresAddress("postgresql://postgres@/postgres?host=" + first_.path().string()), options);
  ask(connection, "SELECT 1");
  fs::remove(socket_in(first_.path()));
  const auto silent = be_silent(first_.path());
  EXPECT_EQ(error_of([&] { connection.run("SELECT pg_sleep(1)", {}, {}); }).code(),
            Errc::kStorageBusy);
  EXPECT_EQ(connections_of(silent), 1) << "it was asked";
}

}  // namespace
}  // namespace nbasync
