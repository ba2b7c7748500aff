#include "support/pgbouncer.hpp"

#include <fstream>
#include <stdexcept>

#include "support/ordinary_user.hpp"

namespace nbasync::testing {

// Fewer sessions than clients: so one is given to many. It tells little, because nobody reads what
// it tells, and it would wait for that.
PgBouncer::PgBouncer(const PostgresServer& server, const std::string& schema) {
  const auto& folder = directory_.path();
  const auto file = folder / "pgbouncer.ini";
  std::ofstream(file) << "[databases]\nnba = host=" << server.folder().string()
                      << " dbname=postgres user=postgres connect_query='SET search_path = "
                      << schema
                      << "'\n[pgbouncer]\nlisten_addr =\nunix_socket_dir = " << folder.string()
                      << "\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 8\n"
                         "max_client_conn = 200\nserver_login_retry = 1\n"
                         "log_connections = 0\nlog_disconnections = 0\nlog_pooler_errors = 0\n";
  give_to_ordinary_user(folder);
  process_ = std::make_unique<Process>(as_ordinary_user({kProgram, file}));
  if (!process_->wait_for("process up")) {
    throw std::runtime_error("pgbouncer: " + process_->out() + process_->err());
  }
}

std::string PgBouncer::url() const {
  return "postgresql://nbasync@/nba?host=" + directory_.path().string() + "&port=6432";
}

}  // namespace nbasync::testing
