#include <chrono>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "postgres/postgres_answer.hpp"
#include "postgres/postgres_batch.hpp"
#include "postgres/postgres_connection.hpp"
#include "postgres/postgres_error.hpp"

// What is there to stay when it has succeeded.
namespace nbasync {
namespace {

// How long the server's word on what it was asked to break off is waited for: whether it was
// written or not.
constexpr std::chrono::milliseconds kVerdict{1'000};

// Before a server that has gone is asked again: a stop request is obeyed after it.
constexpr std::chrono::milliseconds kUntilBack{80};

// Should this process be stopped in the midst of a transaction, its locks do not stay.
constexpr const char* kBegin =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = '5s'";

}  // namespace

// Sends what, if it succeeds, is there to stay, and returns the last statement's own word. After a
// stop request the server still says what became of it.
std::string PostgresConnection::settle(const std::string& statements, const std::stop_token& stop) {
  std::string word;
  with_session(stop, [&](PostgresSession& session, const Patience& patience) {
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
      word = read(patience);
      return;
    } catch (const Error& error) {
      if (error.code() != Errc::kCancelled || session.state() != PQTRANS_ACTIVE) throw;
    }
    session.break_off();
    word = read(Patience(kVerdict));
  });
  return word;
}

void PostgresConnection::settle_guarded(const std::string& statements,
                                        const std::stop_token& stop) {
  try {
    settle(options_.guard() + statements, stop);
  } catch (const Error& error) {
    if (error.code() == Errc::kSyncInProgress) options_.fenced();
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
  if (!message.empty()) settle_guarded(message, stop);
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

// Whether a message whose answer is lost was written, the stored rows tell.
void PostgresConnection::change(const std::function<Batch()>& difference,
                                const std::stop_token& stop) {
  const Patience patience(options_.statement_timeout, stop);
  for (;;) {
    try {
      const auto message = postgres_batch(difference());
      if (message.empty()) return;
      if (rehearsing_) {
        settle(message, stop);
      } else {
        settle_guarded(message, stop);
      }
      return;
    } catch (const ServerGone&) {
      const bool is_over = std::chrono::steady_clock::now() >= patience.end;
      if (in_transaction_ || is_over || stop.stop_requested()) throw;
      std::this_thread::sleep_for(kUntilBack);
    }
  }
}

}  // namespace nbasync
