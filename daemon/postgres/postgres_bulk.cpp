#include <utility>

#include "base/format.hpp"
#include "db/table_sql.hpp"
#include "postgres/postgres_answer.hpp"
#include "postgres/postgres_connection.hpp"
#include "postgres/postgres_text.hpp"

// Whole tables, which come and go in parts.
namespace nbasync {
namespace {

constexpr int kRowsAtOnce = 1'000;
constexpr std::size_t kBytesAtOnce = 1 << 16;

}  // namespace

void PostgresConnection::freeze(const std::stop_token& stop) {
  run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", {}, stop);
  // What is read is written elsewhere meanwhile. It holds no lock that others wait for.
  run("SET LOCAL idle_in_transaction_session_timeout = '10min'", {}, stop);
}

void PostgresConnection::each_of_many(const std::string& sql, const std::function<void(Row)>& row,
                                      const std::stop_token& stop) {
  run("DECLARE nbasync_rows NO SCROLL CURSOR FOR " + sql, {}, stop);
  for (bool more = true; more;) {
    more = false;
    each(
        format("FETCH FORWARD {} FROM nbasync_rows", kRowsAtOnce), {},
        [&](const Row& each_row) {
          more = true;
          row(each_row);
        },
        stop);
  }
  run("CLOSE nbasync_rows", {}, stop);
}

void PostgresConnection::fill(
    const Table& table,
    const std::function<void(const std::function<void(std::span<const Value>)>&)>& rows,
    const std::stop_token& stop) {
  const auto names = table_sql::joined(table_sql::names(table.columns));
  with_session(stop, [&](PostgresSession& session, const Patience& patience) {
    session.tell(format("COPY {} ({}) FROM STDIN", table.name, names), patience);
    auto result = session.next(patience);
    if (!result || PQresultStatus(result.get()) != PGRES_COPY_IN) {
      return read_to_end(session, std::move(result), address_.name(), patience);
    }
    std::string lines;
    rows([&](std::span<const Value> row) {
      postgres_text::append_copied(lines, row);
      if (lines.size() < kBytesAtOnce) return;
      session.put(lines, Patience(options_.statement_timeout, stop));
      lines.clear();
    });
    const Patience end(options_.statement_timeout, stop);
    session.put(lines, end);
    session.end_of_data(end);
    read_to_end(session, session.next(end), address_.name(), end);
  });
}

}  // namespace nbasync
