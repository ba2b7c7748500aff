#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "db/connection.hpp"
#include "postgres/postgres_address.hpp"
#include "postgres/postgres_session.hpp"
#include "postgres/spare_session.hpp"

namespace nbasync {

// A connection to a PostgreSQL. It connects when it is used, again when the server has ended the
// session in between, and lets go of a session whose answer it does not wait for. What the server
// undoes for another session's sake, outside of transaction() and rehearse(), it asks again until
// the statement's time is over. One thread at a time. Beside what Connection says: kStorageBusy
// when the server does not answer in time.
class PostgresConnection final : public Connection {
 public:
  struct Options {
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds statement_timeout{30'000};  // how long one answer is waited for

    // A statement, with its end, that each write() and change() begins with; may throw Error.
    std::function<std::string()> guard = [] { return std::string(); };
    // Called when it refused one, or the server did by it. Any thread.
    std::function<void()> fenced = [] {};

    // Whether the server is asked to break off what is not waited for any more. That is waited for,
    // however long it takes: not for who has no time.
    bool breaks_off = true;

    // Where it takes a session from, and leaves its own; null: nowhere.
    std::shared_ptr<SpareSession> spare = nullptr;
  };

  explicit PostgresConnection(PostgresAddress address)
      : PostgresConnection(std::move(address), {}) {}
  PostgresConnection(PostgresAddress address, Options options);
  ~PostgresConnection() override;
  PostgresConnection(PostgresConnection&&) = default;
  PostgresConnection& operator=(PostgresConnection&&) = delete;

  DatabaseKind kind() const override { return DatabaseKind::kPostgres; }
  std::int64_t run(std::string_view sql, std::span<const Value> values,
                   const std::stop_token& stop) override;
  void each(std::string_view sql, std::span<const Value> values,
            const std::function<void(Row)>& row, const std::stop_token& stop) override;
  std::vector<StoredColumn> columns_of(std::string_view table,
                                       const std::stop_token& stop) override;
  std::vector<std::string> tables(const std::stop_token& stop) override;
  void transaction(const std::function<void()>& work, const std::stop_token& stop) override;

  // One message. What `work` reads is as it was before.
  void write(const std::function<void()>& work, const std::stop_token& stop) override;
  void rehearse(const std::function<void()>& work, const std::stop_token& stop) override;

  // The batch is one message. Whoever else writes at the same time: the last one wins. Asks again
  // when the server has gone before it answered, for as long as a statement may take.
  void change(const std::function<Batch()>& difference, const std::stop_token& stop) override;

  // What follows is for who copies whole tables, within a transaction. How long an answer is waited
  // for holds for each part of them.

  // All that is read until the end of this transaction is as it is now. The first call in it.
  void freeze(const std::stop_token& stop);

  // The same as each(), for an answer of any length: it comes in parts.
  void each_of_many(const std::string& sql, const std::function<void(Row)>& row,
                    const std::stop_token& stop);

  // Fills a table with rows in bulk (COPY): `rows` is called once, and calls what it is given for
  // each row, which has a value for each of the table's columns. This connection must not be used
  // within it.
  void fill(const Table& table,
            const std::function<void(const std::function<void(std::span<const Value>)>&)>& rows,
            const std::stop_token& stop);

  void take_file(const std::stop_token&) override {}
  std::int64_t checkpoint() override { return 0; }
  void release_memory() noexcept override {}

 private:
  void with_session(const std::stop_token& stop,
                    const std::function<void(PostgresSession&, const Patience&)>& work);
  void give_up_unfinished();
  std::string settle(const std::string& statements, const std::stop_token& stop);
  void settle_guarded(const std::string& statements, const std::stop_token& stop);
  void roll_back() noexcept;

  PostgresAddress address_;
  Options options_;
  std::unique_ptr<PostgresSession> session_;  // null: none, or none any more
  bool in_transaction_ = false;
  bool rehearsing_ = false;
  std::optional<std::string> written_;  // while write() works: what it will send
};

}  // namespace nbasync
