#include "store/old_changes.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace nbasync::old_changes {
namespace {

std::int64_t number(Connection& connection, std::string_view sql, std::span<const Value> values,
                    const std::stop_token& stop) {
  std::int64_t result = 0;
  connection.each(
      sql, values, [&](const Row& row) { result = to_integer(row[0]); }, stop);
  return result;
}

// The last of the oldest rows that is past its time; what stands before it goes with it, whatever
// the clock said then.
std::int64_t last_old(Connection& connection, SystemTime end, const std::stop_token& stop) {
  const Value values[] = {std::int64_t{kMostAtOnce}, format_utc(end)};
  return number(connection,
                "SELECT coalesce(max(seq), 0) FROM (SELECT seq, changed_at FROM nbasync_changes "
                "ORDER BY seq LIMIT $1) AS oldest WHERE changed_at < $2",
                values, stop);
}

}  // namespace

bool remove(Connection& connection, const ChangesKept& kept, SystemTime now,
            const std::stop_token& stop) {
  const auto oldest =
      number(connection, "SELECT coalesce(min(seq), 0) FROM nbasync_changes", {}, stop);
  const auto newest =
      number(connection, "SELECT coalesce(max(seq), 0) FROM nbasync_changes", {}, stop);
  auto last = newest - kept.rows;
  if (kept.keep) last = std::max(last, last_old(connection, now - *kept.keep, stop));
  last = std::min(last, newest - 1);
  if (last < oldest || oldest == 0) return false;
  const auto some = std::min(last, oldest + kMostAtOnce - 1);
  const Value values[] = {some};
  connection.write(
      [&] { connection.run("DELETE FROM nbasync_changes WHERE seq <= $1", values, stop); }, stop);
  return true;
}

}  // namespace nbasync::old_changes
