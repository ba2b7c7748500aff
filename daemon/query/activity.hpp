#pragma once

#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "db/connection.hpp"

namespace nbasync {

// What the runs of each day (UTC) took and brought, the oldest first; days without any are left
// out. And what each dataset's last success brought:
// {"days":[{"day":"2026-01-15","runs":48,"failed":1,"seconds_p50":2.1,"seconds_max":140.2,
//           "wait_p50":0.0,"wait_max":12.5,"requests":420,"bytes_received":81234567,
//           "changed":{"games":12,…}},…],
//  "datasets":[{"name":"games","run_id":…,"completed_at":…,"records_synced":…,"inserted_count":…,
//               "updated_count":…,"deleted_count":…},…]}
// Times in seconds; `changed` are rows that were inserted, updated or deleted. What a predecessor
// wrote is left out. Blocking; the thread of the connection. Throws Error(kStorage…), kCancelled.
std::string activity(Connection& connection, SystemTime since, const std::stop_token& stop);

}  // namespace nbasync
