#include "support/pgbouncer.hpp"

#include <chrono>
#include <fstream>
#include <stdexcept>

#include "support/file_text.hpp"
#include "support/ordinary_user.hpp"

namespace nbasync::testing {

// Fewer sessions than clients: so one is given to many. It tells a file: with a pipe that nobody
// reads it would stand still one day.
PgBouncer::PgBouncer(const PostgresServer& server, const std::string& schema,
                     const std::string& settings) {
  const auto& folder = directory_.path();
  const auto file = folder / "pgbouncer.ini";
  std::ofstream(file) << "[databases]\nnba = host=" << server.folder().string()
                      << " dbname=postgres user=postgres connect_query='SET search_path = "
                      << schema << "; " << settings
                      << "'\n[pgbouncer]\nlisten_addr =\nunix_socket_dir = " << folder.string()
                      << "\nlogfile = " << log_.string()
                      << "\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 8\n"
                         "max_client_conn = 200\nserver_login_retry = 1\n";
  give_to_ordinary_user(folder);
  process_ = std::make_unique<Process>(as_ordinary_user({kProgram, "-q", file}));
  while (told().find("process up") == std::string::npos) {
    if (process_->wait(std::chrono::milliseconds(5))) {
      throw std::runtime_error("pgbouncer: " + told());
    }
  }
}

std::string PgBouncer::told() const { return file_text(log_); }

std::string PgBouncer::url() const {
  return "postgresql://nbasync@/nba?host=" + directory_.path().string() + "&port=6432";
}

}  // namespace nbasync::testing
