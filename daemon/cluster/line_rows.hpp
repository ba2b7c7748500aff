#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "cluster/line.hpp"

// How an entry of the line stands in its table.
namespace nbasync::line::rows {

// The entries (q) of which `which`, a condition with parameters, is true; by ticket. They and the
// version are of one moment. Throws also Error(kStorage) if the line is not there.
View read(Connection& connection, std::string_view which, std::span<const Value> values,
          const std::stop_token& stop);

// The columns of a new entry but its ticket, what stands in each (with parameters), and those
// parameters' values.
std::string new_columns();
std::string new_cells();
std::vector<Value> new_values(const SyncJob& job, const Options& options);

// A time of the server as text that base/clock reads.
std::string utc(std::string_view time);

// The parameter's number of milliseconds from now; NULL for NULL.
std::string from_now(std::string_view parameter);
Value patience_of(const SyncRequest& request);

}  // namespace nbasync::line::rows
