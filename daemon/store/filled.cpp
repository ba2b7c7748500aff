#include "store/filled.hpp"

#include <string>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "store/run_log.hpp"

namespace nbasync {

Filled read_filled(Connection& connection, const std::stop_token& stop) {
  Filled filled{true, false};
  for (const Table* table : tables()) {
    connection.each(
        format("SELECT 1 FROM {} LIMIT 1", table->name), {},
        [&](const Row&) { filled.empty = false; }, stop);
  }
  const Value startup[] = {std::string(kStartup)};
  connection.each(
      format("SELECT status FROM data_sync_log WHERE triggered_by = $1 AND {} ORDER BY id DESC "
             "LIMIT 1",
             run_log::kIsRun),
      startup, [&](const Row& row) { filled.unfinished = to_text(row[0]) != "success"; }, stop);
  return filled;
}

}  // namespace nbasync
