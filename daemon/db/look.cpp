#include "db/look.hpp"

#include "db/file_identity.hpp"
#include "db/sqlite_connection.hpp"

namespace nbasync {

std::unique_ptr<Connection> connect_to_look(const std::string& path) {
  SqliteConnection::Options options;
  options.busy_timeout = std::chrono::seconds{5};
  return std::make_unique<SqliteConnection>(without_links(path), std::move(options));
}

}  // namespace nbasync
