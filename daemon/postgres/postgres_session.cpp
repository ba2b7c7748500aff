#include "postgres/postgres_session.hpp"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>
#include <vector>

#include "base/blocked_signals.hpp"
#include "base/error.hpp"
#include "postgres/postgres_error.hpp"
#include "postgres/postgres_text.hpp"

namespace nbasync {
namespace {

// Of a number's parameter; what a text is, the statement says.
Oid type_of(const Value& value) {
  constexpr Oid kInt8 = 20;
  constexpr Oid kFloat8 = 701;
  if (std::holds_alternative<std::int64_t>(value)) return kInt8;
  return std::holds_alternative<double>(value) ? kFloat8 : Oid{0};
}

int left(const Patience& patience) {
  const auto rest =
      std::chrono::ceil<std::chrono::milliseconds>(patience.end - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(rest.count(), 0, 60'000));
}

}  // namespace

PostgresSession::PostgresSession(const PostgresAddress& address, const Patience& patience)
    : name_(address.name()), woken_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!woken_) throw std::system_error(errno, std::generic_category(), "eventfd");
  connect(address, patience);
}

void PostgresSession::connect(const PostgresAddress& address, const Patience& patience) {
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : address.parameters()) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  connection_.reset(PQconnectStartParams(names.data(), values.data(), 0));
  auto ready = PGRES_POLLING_WRITING;
  while (connection_ && PQstatus(connection_.get()) != CONNECTION_BAD &&
         ready != PGRES_POLLING_OK && ready != PGRES_POLLING_FAILED) {
    wait(ready == PGRES_POLLING_READING ? POLLIN : POLLOUT, patience);
    ready = PQconnectPoll(connection_.get());
  }
  if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK) {
    throw not_connected(connection_.get(), name_);
  }
  // What a statement makes the server say beside its answer is nobody's here.
  PQsetNoticeReceiver(
      connection_.get(), [](void*, const PGresult*) {}, nullptr);
  require(PQsetnonblocking(connection_.get(), 1) == 0);
}

// Between two statements a server has something to say only when it ends the session, or when its
// settings have changed.
bool PostgresSession::is_open() const {
  pollfd server{PQsocket(connection_.get()), POLLIN, 0};
  return PQstatus(connection_.get()) == CONNECTION_OK && ::poll(&server, 1, 0) == 0;
}

void PostgresSession::ask(std::string_view sql, std::span<const Value> values,
                          const Patience& patience) {
  std::vector<std::string> texts(values.size());
  std::vector<const char*> pointers(values.size());
  std::vector<Oid> types(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    texts[i] = postgres_text::parameter(values[i]);
    pointers[i] = values[i].index() == 0 ? nullptr : texts[i].c_str();
    types[i] = type_of(values[i]);
  }
  require(PQsendQueryParams(connection_.get(), std::string(sql).c_str(),
                            static_cast<int>(values.size()), types.data(), pointers.data(), nullptr,
                            nullptr, 0) == 1);
  require(PQsetSingleRowMode(connection_.get()) == 1);
  flush(patience);
}

void PostgresSession::tell(const std::string& statements, const Patience& patience) {
  require(PQsendQuery(connection_.get(), statements.c_str()) == 1);
  flush(patience);
}

// The server may want to be read before it goes on reading.
void PostgresSession::flush(const Patience& patience) {
  for (;;) {
    const int pending = PQflush(connection_.get());
    require(pending >= 0);
    if (pending == 0) return;
    if ((wait(POLLIN | POLLOUT, patience) & POLLIN) != 0) {
      require(PQconsumeInput(connection_.get()) == 1);
    }
  }
}

PostgresSession::Result PostgresSession::next(const Patience& patience) {
  while (PQisBusy(connection_.get()) == 1) {
    wait(POLLIN, patience);
    require(PQconsumeInput(connection_.get()) == 1);
  }
  Result result(PQgetResult(connection_.get()));
  // A pooler gives us a session that listens for another client: they would pile up.
  if (!result) take_notices();
  return result;
}

int PostgresSession::take_notices() {
  int count = 0;
  while (PGnotify* notice = PQnotifies(connection_.get())) {
    PQfreemem(notice);
    ++count;
  }
  return count;
}

// Flushed each time: libpq would keep in memory what the server does not take yet.
void PostgresSession::put(std::string_view data, const Patience& patience) {
  if (data.empty()) return;
  require(PQputCopyData(connection_.get(), data.data(), static_cast<int>(data.size())) == 1);
  flush(patience);
}

void PostgresSession::end_of_data(const Patience& patience) {
  require(PQputCopyEnd(connection_.get(), nullptr) == 1);
  flush(patience);
}

// Some that have come together are one.
void PostgresSession::await_notice(const Patience& patience) {
  while (take_notices() == 0) {
    wait(POLLIN, patience);
    require(PQconsumeInput(connection_.get()) == 1);
  }
}

// Returns which of the events have come.
short PostgresSession::wait(short events, const Patience& patience) {
  const std::stop_callback wake(patience.stop, [this] { ::eventfd_write(woken_.get(), 1); });
  for (;;) {
    std::array<pollfd, 2> both{
        {{PQsocket(connection_.get()), events, 0}, {woken_.get(), POLLIN, 0}}};
    const int rest = left(patience);
    const int ready = ::poll(both.data(), both.size(), rest);
    if (both[1].revents != 0) {  // it may be of a stop request that came too late for its own wait
      eventfd_t woken = 0;
      ::eventfd_read(woken_.get(), &woken);
    }
    if (patience.stop.stop_requested()) throw postgres_cancelled(name_);
    if (ready > 0 && both[0].revents != 0) return both[0].revents;
    if (ready == 0 && rest == 0) throw no_answer(name_, patience.limit);
    if (ready < 0 && errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "poll");
  }
}

void PostgresSession::break_off() {
  auto free = [](PGcancel* cancel) { PQfreeCancel(cancel); };
  std::unique_ptr<PGcancel, decltype(free)> cancel(PQgetCancel(connection_.get()), free);
  if (!cancel) return;
  const BlockedSignals blocked;
  breaker_ = std::jthread([cancel = std::move(cancel)] {
    std::array<char, 256> why{};  // that it cannot be reached, and then nobody can be told
    PQcancel(cancel.get(), why.data(), static_cast<int>(why.size()));
  });
}

void PostgresSession::require(bool done) const {
  if (!done) throw connection_lost(connection_.get(), name_);
}

}  // namespace nbasync
