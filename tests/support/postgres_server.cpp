#include "support/postgres_server.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>

#include "postgres/postgres_connection.hpp"
#include "support/ordinary_user.hpp"

namespace nbasync::testing {

namespace fs = std::filesystem;

// Debian keeps the server's programs out of PATH, each version in a folder of its own.
std::optional<fs::path> PostgresServer::programs() {
  std::error_code none;
  std::optional<fs::path> newest;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    const auto programs = version.path() / "bin";
    if (fs::exists(programs / "initdb") && (!newest || programs > *newest)) newest = programs;
  }
  return newest;
}

PostgresServer* PostgresServer::shared() {
  static const std::unique_ptr<PostgresServer> kServer = [] {
    const auto found = programs();
    return std::unique_ptr<PostgresServer>(found ? new PostgresServer(*found) : nullptr);
  }();
  return kServer.get();
}

PostgresServer::PostgresServer(const fs::path& programs) {
  const fs::path& folder = directory_.path();
  const fs::path data = folder / "data";
  give_to_ordinary_user(folder);
  // A locale with an order of its own: whatever rests on the order of bytes has to say so.
  Process initdb(as_ordinary_user({programs / "initdb", "--pgdata", data, "--username", "postgres",
                                   "--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider",
                                   "icu", "--icu-locale", "en-US", "--auth", "trust", "--no-sync",
                                   "--no-instructions"}));
  if (initdb.wait() != 0) throw std::runtime_error("initdb: " + initdb.out() + initdb.err());
  std::ofstream(data / "pg_hba.conf") << "local all postgres trust\nlocal all all scram-sha-256\n";
  process_ = std::make_unique<Process>(as_ordinary_user(
      {programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c",
       "fsync=off", "-c", "autovacuum=off", "-c", "log_checkpoints=off", "-c",
       "shared_buffers=16MB", "-c", "max_connections=40"}));
  if (!process_->wait_for("ready to accept connections")) {
    throw std::runtime_error("postgres: " + process_->out() + process_->err());
  }
  // Nobody reads what it tells from now on, and with its pipe full all of it would stand still.
  PostgresConnection connection{PostgresAddress(url("public"))};
  connection.run("ALTER SYSTEM SET log_min_messages = panic", {}, {});
  connection.run("SELECT pg_reload_conf()", {}, {});
}

PostgresServer::~PostgresServer() {
  process_->signal(SIGQUIT);
  process_->wait();
}

std::string PostgresServer::url(const std::string& schema, const std::string& user) const {
  return "postgresql://" + user + "@/postgres?host=" + directory_.path().string() +
         "&options=-csearch_path%3D" + schema;
}

}  // namespace nbasync::testing
