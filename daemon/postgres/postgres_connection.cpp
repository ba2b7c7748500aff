#include "postgres/postgres_connection.hpp"

#include <algorithm>
#include <charconv>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "postgres/postgres_answer.hpp"
#include "postgres/postgres_error.hpp"
#include "postgres/postgres_row.hpp"
#include "postgres/postgres_text.hpp"

namespace nbasync {
namespace {

constexpr const char* kColumns =
    "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
    "a.atthasdef OR a.attidentity <> '', coalesce(array_position(k.conkey, a.attnum), 0) "
    "FROM pg_attribute AS a LEFT JOIN pg_constraint AS k ON k.conrelid = a.attrelid AND k.contype "
    "= 'p' WHERE a.attrelid = to_regclass(quote_ident($1)) AND a.attnum > 0 AND NOT "
    "a.attisdropped ORDER BY a.attnum";

// Before what the server has undone is done again: a stop request is obeyed after it.
constexpr std::chrono::milliseconds kFirstPause{5};
constexpr std::chrono::milliseconds kLongestPause{80};

}  // namespace

PostgresConnection::PostgresConnection(PostgresAddress address, Options options)
    : address_(std::move(address)), options_(std::move(options)) {}

PostgresConnection::~PostgresConnection() {
  if (options_.spare && session_ && !in_transaction_) options_.spare->keep(std::move(session_));
}

// Works on a session that is open. What the server has undone is done again, as a transaction of
// its own.
void PostgresConnection::with_session(
    const std::stop_token& stop,
    const std::function<void(PostgresSession&, const Patience&)>& work) {
  if (stop.stop_requested()) throw postgres_cancelled(address_.name());
  if (!in_transaction_ && (!session_ || !session_->is_open())) {
    session_ = options_.spare ? options_.spare->take() : nullptr;
    if (!session_) {
      session_ =
          std::make_unique<PostgresSession>(address_, Patience(options_.connect_timeout, stop));
    }
  }
  if (!session_) {
    throw Error(Errc::kStorage, format("database {}: the connection was lost, and with it what was "
                                       "begun; nothing was changed, ask again",
                                       address_.name()));
  }
  const Patience patience(options_.statement_timeout, stop);
  for (auto pause = kFirstPause;; pause = std::min(2 * pause, kLongestPause)) {
    try {
      work(*session_, patience);
      return give_up_unfinished();
    } catch (const Undone&) {
      const bool is_over = std::chrono::steady_clock::now() >= patience.end;
      give_up_unfinished();
      if (in_transaction_ || !session_ || is_over || stop.stop_requested()) throw;
      std::this_thread::sleep_for(pause);
    } catch (...) {
      give_up_unfinished();
      throw;
    }
  }
}

// A session that is in the midst of an answer. And one that was broken off: should the request for
// that come late, it would meet what is asked next.
void PostgresConnection::give_up_unfinished() {
  const auto state = session_->state();
  const bool is_asked = session_->is_broken_off();
  if (state == PQTRANS_ACTIVE && options_.breaks_off && !is_asked) session_->break_off();
  if (state == PQTRANS_ACTIVE || state == PQTRANS_UNKNOWN || is_asked) session_.reset();
}

std::int64_t PostgresConnection::run(std::string_view sql, std::span<const Value> values,
                                     const std::stop_token& stop) {
  if (written_) {
    *written_ += postgres_text::with_values(sql, values) + ";\n";
    return 0;
  }
  std::int64_t changed = 0;
  with_session(stop, [&](PostgresSession& session, const Patience& patience) {
    session.ask(sql, values, patience);
    auto result = session.next(patience);
    const std::string_view text = result ? PQcmdTuples(result.get()) : "";
    changed = 0;  // text is empty where nothing is counted
    std::from_chars(text.data(), text.data() + text.size(), changed);
    read_to_end(session, std::move(result), address_.name(), patience);
  });
  return changed;
}

void PostgresConnection::each(std::string_view sql, std::span<const Value> values,
                              const std::function<void(Row)>& row, const std::stop_token& stop) {
  with_session(stop, [&](PostgresSession& session, const Patience& patience) {
    session.ask(sql, values, patience);
    PostgresRow cells;
    PostgresSession::Result held;  // a row is told when more has come: what is undone has none
    bool told = false;
    auto result = session.next(patience);
    while (result && PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) {
      if (held) {
        row(cells.read(held.get()));
        told = true;
      }
      if (stop.stop_requested()) throw postgres_cancelled(address_.name());
      held = std::move(result);
      result = session.next(patience);
    }
    try {
      read_to_end(session, std::move(result), address_.name(), patience);
    } catch (const Undone& error) {
      if (!told) throw;
      throw Error(error);  // NOLINT(cppcoreguidelines-slicing): it is not done again
    }
    if (held) row(cells.read(held.get()));
  });
}

std::vector<StoredColumn> PostgresConnection::columns_of(std::string_view table,
                                                         const std::stop_token& stop) {
  std::vector<StoredColumn> columns;
  const Value name[] = {std::string(table)};
  each(
      kColumns, name,
      [&](Row row) {
        columns.push_back({to_text(row[0]), to_text(row[1]), to_integer(row[2]) != 0,
                           to_integer(row[3]) != 0, static_cast<int>(to_integer(row[4]))});
      },
      stop);
  return columns;
}

std::vector<std::string> PostgresConnection::tables(const std::stop_token& stop) {
  std::vector<std::string> names;
  each(
      "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND "
      "relkind "
      "IN ('r', 'p') ORDER BY relname",
      {}, [&](const Row& row) { names.push_back(to_text(row[0])); }, stop);
  return names;
}

}  // namespace nbasync
