#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <future>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/unique_fd.hpp"
#include "dataset/dataset.hpp"
#include "postgres/postgres_address.hpp"

namespace nbasync {

// How long an answer is waited for.
struct Patience {
  explicit Patience(std::chrono::milliseconds all, std::stop_token until = {})
      : limit(all), end(std::chrono::steady_clock::now() + all), stop(std::move(until)) {}

  std::chrono::milliseconds limit;
  std::chrono::steady_clock::time_point end;
  std::stop_token stop;
};

// One session with a server. Nothing of it waits for the server longer than it was told, nor after
// a stop request, but for looking up the names of hosts. Of several hosts, one that says nothing
// does not keep it from the others; and once the database is found on another host, by whichever
// session with this address, what this one waits for comes no more. One thread at a time. Throws
// Error: kStorage, kStorageBusy (no answer in time), kCancelled.
class PostgresSession {
 public:
  PostgresSession(const PostgresAddress& address, const Patience& patience);
  // Waits for the end of break_off(), half a second at most.
  ~PostgresSession();
  PostgresSession(const PostgresSession&) = delete;
  PostgresSession& operator=(const PostgresSession&) = delete;

  // Whether it can be asked: the server had not ended it a moment ago. Asks nobody.
  bool is_open() const;

  // PQTRANS_IDLE between statements outside of a transaction.
  PGTransactionStatusType state() const { return PQtransactionStatus(connection_.get()); }

  // Sends one statement, whose rows then come one by one; or several in one message, which are one
  // transaction.
  void ask(std::string_view sql, std::span<const Value> values, const Patience& patience);
  void tell(const std::string& statements, const Patience& patience);

  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Result = std::unique_ptr<PGresult, Clear>;

  // The next part of the answer, an error of the server too; null at its end. Call it until then.
  // At its end it throws if what was committed is not where it has to be, too (synchronous_commit).
  Result next(const Patience& patience);

  // What a COPY FROM STDIN takes, once next() has told PGRES_COPY_IN; and its end.
  void put(std::string_view data, const Patience& patience);
  void end_of_data(const Patience& patience);

  // Waits until somebody has notified a channel that it listens to (LISTEN), since the last answer.
  void await_notice(const Patience& patience);

  // Asks the server, on a thread of its own, to break off what it does for us. The thread is left
  // behind when the server does not listen.
  void break_off();
  bool is_broken_off() const { return broken_off_.valid(); }  // whether it was asked to

 private:
  void connect(const PostgresAddress& address, const Patience& patience);
  void connect_with(const PostgresHosts::Numbers& hosts, const PostgresAddress& address,
                    const Patience& patience);
  static void notice(void* session, const PGresult* result);
  void flush(const Patience& patience);
  int take_notices();
  short wait(short events, const Patience& patience);
  void require(bool done) const;

  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  std::string name_;
  std::shared_ptr<PostgresHosts> hosts_;
  std::size_t host_ = 0;  // which of them
  UniqueFd woken_;        // readable at a stop request
  std::unique_ptr<PGconn, Finish> connection_;
  bool not_replicated_ = false;  // what was committed last
  std::future<void> broken_off_;
};

}  // namespace nbasync
