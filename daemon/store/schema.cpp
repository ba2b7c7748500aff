#include "store/schema.hpp"

#include "store/migrations.hpp"
#include "store/postgres_schema.hpp"

namespace nbasync {

void bring_up_to_date(Connection& connection, const std::stop_token& stop) {
  switch (connection.kind()) {
    case DatabaseKind::kFile:
      bring_file_up_to_date(connection, stop);
      break;
    case DatabaseKind::kPostgres:
      bring_postgres_up_to_date(connection, stop);
      break;
  }
}

}  // namespace nbasync
