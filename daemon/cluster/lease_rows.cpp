#include "cluster/lease_rows.hpp"

#include "base/format.hpp"
#include "postgres/postgres_text.hpp"

namespace nbasync::lease_rows {
namespace {

// Two rows on purpose: to put the end off must never wait for the holder's own transaction, which
// has a lock on the fence.
constexpr const char* kTables[] = {
    "CREATE TABLE IF NOT EXISTS nbasync_lease (id int PRIMARY KEY CHECK (id = 1), epoch bigint NOT "
    "NULL, token text NOT NULL, holder text NOT NULL, expires_at timestamptz NOT NULL)",
    "CREATE TABLE IF NOT EXISTS nbasync_fence (id int PRIMARY KEY CHECK (id = 1), epoch bigint NOT "
    "NULL, token text NOT NULL)",
    "INSERT INTO nbasync_lease VALUES (1, 0, '', '', now()) ON CONFLICT (id) DO NOTHING",
    "INSERT INTO nbasync_fence VALUES (1, 0, '') ON CONFLICT (id) DO NOTHING"};

constexpr const char* kTake =
    "WITH taken AS (UPDATE nbasync_lease SET epoch = epoch + 1, token = $1, holder = $2, "
    "expires_at = now() + make_interval(secs => $3) WHERE id = 1 AND (token = '' OR expires_at < "
    "now()) RETURNING epoch) UPDATE nbasync_fence SET epoch = taken.epoch, token = $1 FROM taken "
    "WHERE id = 1 RETURNING nbasync_fence.epoch";

constexpr const char* kRenew =
    "UPDATE nbasync_lease SET expires_at = now() + make_interval(secs => $2), holder = $3 WHERE id "
    "= 1 AND token = $1";

constexpr const char* kGiveBack =
    "WITH freed AS (UPDATE nbasync_lease SET token = '', expires_at = now() WHERE id = 1 AND token "
    "= $1 RETURNING 1), told AS (SELECT pg_notify('nbasync', '') FROM freed WHERE $2::bigint <> 0) "
    "UPDATE nbasync_fence SET token = '' FROM freed LEFT JOIN told ON true WHERE id = 1 AND token "
    "= $1";

double seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

void make_tables(Connection& connection) {
  if (!connection.columns_of("nbasync_fence", {}).empty()) return;
  connection.transaction(
      [&] {
        for (const char* sql : kTables) connection.run(sql, {}, {});
      },
      {});
}

std::optional<std::int64_t> take(Connection& connection, const std::string& token,
                                 const std::string& holder, std::chrono::milliseconds length) {
  const Value values[] = {token, holder, seconds(length)};
  std::optional<std::int64_t> epoch;
  connection.each(kTake, values, [&](const Row& row) { epoch = to_integer(row[0]); }, {});
  return epoch;
}

// One that comes late is one all the same, as long as nobody else has taken the lease.
bool renew(Connection& connection, const std::string& token, const std::string& holder,
           std::chrono::milliseconds length, const std::stop_token& stop) {
  const Value values[] = {token, seconds(length), holder};
  return connection.run(kRenew, values, stop) == 1;
}

void give_back(Connection& connection, const std::string& token, bool rings) {
  const Value values[] = {token, std::int64_t{rings}};
  connection.run(kGiveBack, values, {});
}

std::optional<LockHolder> holder(Connection& connection, const std::stop_token& stop) {
  std::optional<LockHolder> found;
  connection.each(
      "SELECT holder FROM nbasync_lease WHERE id = 1", {},
      [&](const Row& row) { found = lock_holder_in(to_text(row[0])); }, stop);
  return found;
}

// A row that must not be is refused (23502): so the statement fails exactly if there is no fence of
// ours. One that is ours stays locked until the end of the transaction.
std::string guard(std::int64_t epoch, const std::string& token) {
  return format(
      "WITH fence AS MATERIALIZED (SELECT 1 FROM nbasync_fence WHERE id = 1 AND epoch = {} AND "
      "token = {} FOR SHARE) INSERT INTO nbasync_fence (id, epoch, token) SELECT 1, NULL, '' WHERE "
      "NOT EXISTS (SELECT 1 FROM fence);\n",
      epoch, postgres_text::literal(token));
}

}  // namespace nbasync::lease_rows
