#include "postgres/postgres_connection.hpp"

#include <algorithm>
#include <charconv>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/table_sql.hpp"
#include "postgres/postgres_batch.hpp"
#include "postgres/postgres_error.hpp"
#include "postgres/postgres_row.hpp"
#include "postgres/postgres_text.hpp"

namespace nbasync {
namespace {

// How long the server's word on what it was asked to break off is waited for: whether it was
// written or not.
constexpr std::chrono::milliseconds kVerdict{1'000};

// Should this process be stopped in the midst of a transaction, its locks do not stay.
constexpr const char* kBegin =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = '5s'";

constexpr const char* kColumns =
    "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
    "a.atthasdef OR a.attidentity <> '', coalesce(array_position(k.conkey, a.attnum), 0) "
    "FROM pg_attribute AS a LEFT JOIN pg_constraint AS k ON k.conrelid = a.attrelid AND k.contype "
    "= 'p' WHERE a.attrelid = to_regclass(quote_ident($1)) AND a.attnum > 0 AND NOT "
    "a.attisdropped ORDER BY a.attnum";

// Before what the server has undone is done again: a stop request is obeyed after it.
constexpr std::chrono::milliseconds kFirstPause{5};
constexpr std::chrono::milliseconds kLongestPause{80};

// Of what is copied.
constexpr int kRowsAtOnce = 1'000;
constexpr std::size_t kBytesAtOnce = 1 << 16;

bool is_error(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

// The server has undone it, because another session was in the way, and would do it now.
class Undone : public Error {
 public:
  explicit Undone(const Error& why) : Error(why) {}
};

[[noreturn]] void fail(const PGresult* error, const std::string& name) {
  const auto state = sqlstate_of(error);
  constexpr const char* kSerializationFailure = "40001";
  constexpr const char* kDeadlock = "40P01";
  if (state == kSerializationFailure || state == kDeadlock) throw Undone(as_error(error, name));
  throw as_error(error, name);
}

// The end of an answer. Throws the error that came, when all of it has been read.
void read_to_end(PostgresSession& session, PostgresSession::Result first, const std::string& name,
                 const Patience& patience) {
  PostgresSession::Result error;
  for (auto result = std::move(first); result; result = session.next(patience)) {
    if (!error && is_error(result.get())) error = std::move(result);
  }
  if (error) fail(error.get(), name);
}

}  // namespace

PostgresConnection::PostgresConnection(PostgresAddress address, Options options)
    : address_(std::move(address)), options_(std::move(options)) {}

PostgresConnection::~PostgresConnection() {
  if (options_.spare && session_ && !in_transaction_) options_.spare->keep(std::move(session_));
}

// Works on a session that is open. One that is left in the midst of an answer is given up. What the
// server has undone is done again, as a transaction of its own.
template <typename Work>
auto PostgresConnection::with_session(const std::stop_token& stop, Work work) {
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
      return work(*session_, patience);
    } catch (const Undone&) {
      const bool is_over = std::chrono::steady_clock::now() >= patience.end;
      if (in_transaction_ || is_over || stop.stop_requested()) throw;
      std::this_thread::sleep_for(pause);
    } catch (...) {
      const auto state = session_->state();
      if (state == PQTRANS_ACTIVE && options_.breaks_off) session_->break_off();
      if (state == PQTRANS_ACTIVE || state == PQTRANS_UNKNOWN) session_.reset();
      throw;
    }
  }
}

std::int64_t PostgresConnection::run(std::string_view sql, std::span<const Value> values,
                                     const std::stop_token& stop) {
  if (written_) {
    *written_ += postgres_text::with_values(sql, values) + ";\n";
    return 0;
  }
  return with_session(stop, [&](PostgresSession& session, const Patience& patience) {
    session.ask(sql, values, patience);
    auto result = session.next(patience);
    const std::string_view text = result ? PQcmdTuples(result.get()) : "";
    std::int64_t changed = 0;  // text is empty where nothing is counted
    std::from_chars(text.data(), text.data() + text.size(), changed);
    read_to_end(session, std::move(result), address_.name(), patience);
    return changed;
  });
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

// Sends what, if it succeeds, is there to stay, and returns the last statement's own word. After a
// stop request the server still says what became of it.
std::string PostgresConnection::settle(const std::string& statements, const std::stop_token& stop) {
  bool broken_off = false;
  const auto settled = [&](PostgresSession& session, const Patience& patience) {
    const auto read = [&](const Patience& how_long) {
      std::string last;
      PostgresSession::Result error;
      while (auto result = session.next(how_long)) {
        last = PQcmdStatus(result.get());
        if (!error && is_error(result.get())) error = std::move(result);
      }
      if (!error) return last;
      constexpr const char* kBrokenOff = "57014";
      if (stop.stop_requested() && sqlstate_of(error.get()) == kBrokenOff) {
        throw postgres_cancelled(address_.name());
      }
      fail(error.get(), address_.name());
    };
    session.tell(statements, patience);
    try {
      return read(patience);
    } catch (const Error& error) {
      if (error.code() != Errc::kCancelled || session.state() != PQTRANS_ACTIVE) throw;
    }
    session.break_off();
    broken_off = true;
    return read(Patience(kVerdict));
  };
  // The request to break off, should it come late, would meet what is asked next.
  try {
    auto word = with_session(stop, settled);
    if (broken_off) session_.reset();
    return word;
  } catch (...) {
    if (broken_off) session_.reset();
    throw;
  }
}

void PostgresConnection::roll_back() noexcept {
  try {
    settle("ROLLBACK", {});
  } catch (...) {
    session_.reset();  // which ends it, too
  }
}

void PostgresConnection::transaction(const std::function<void()>& work,
                                     const std::stop_token& stop) {
  settle(kBegin, stop);
  in_transaction_ = true;
  try {
    work();
    // What broke a statement within has undone all of it, also if `work` caught the error.
    if (settle("COMMIT", {}) != "COMMIT") {
      throw Error(Errc::kStorage,
                  format("database {}: a statement failed; nothing was changed", address_.name()));
    }
  } catch (...) {
    if (session_ && session_->state() != PQTRANS_IDLE) roll_back();
    in_transaction_ = false;
    throw;
  }
  in_transaction_ = false;
}

void PostgresConnection::write(const std::function<void()>& work, const std::stop_token& stop) {
  written_.emplace();
  try {
    work();
  } catch (...) {
    written_.reset();
    throw;
  }
  const auto message = std::exchange(written_, std::nullopt).value_or("");
  if (!message.empty()) settle(options_.guard() + message, stop);
}

void PostgresConnection::rehearse(const std::function<void()>& work, const std::stop_token& stop) {
  settle(kBegin, stop);
  in_transaction_ = true;
  rehearsing_ = true;
  const auto end = [&] {
    roll_back();
    in_transaction_ = false;
    rehearsing_ = false;
  };
  try {
    work();
  } catch (...) {
    end();
    throw;
  }
  end();
}

void PostgresConnection::change(const std::function<Batch()>& difference,
                                const std::stop_token& stop) {
  const auto message = postgres_batch(difference());
  if (message.empty()) return;
  settle(rehearsing_ ? message : options_.guard() + message, stop);
}

}  // namespace nbasync
