#include "postgres/postgres_session.hpp"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <thread>
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

using SteadyDuration = std::chrono::steady_clock::duration;

// How long one of several hosts may say nothing to who connects, before another is asked.
constexpr SteadyDuration kSilence = std::chrono::seconds(1);

// How long the server may take to hear that it is to break off.
constexpr std::chrono::milliseconds kFarewell{500};

// How soon it is seen that the database is on another host.
constexpr int kGlance = 200;  // milliseconds

int left(const Patience& patience) {
  const auto rest =
      std::chrono::ceil<std::chrono::milliseconds>(patience.end - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(rest.count(), 0, 60'000));
}

}  // namespace

PostgresSession::PostgresSession(const PostgresAddress& address, const Patience& patience)
    : name_(address.name()),
      hosts_(address.hosts()),
      woken_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!woken_) throw std::system_error(errno, std::generic_category(), "eventfd");
  connect(address, patience);
  PQsetNoticeReceiver(connection_.get(), &PostgresSession::notice, this);
  require(PQsetnonblocking(connection_.get(), 1) == 0);
}

PostgresSession::~PostgresSession() {
  if (broken_off_.valid()) broken_off_.wait_for(kFarewell);
}

// What a statement makes the server say beside its answer is nobody's here. But this is a warning,
// and then it says that all is well; in words of its locale, so its own function has to tell.
void PostgresSession::notice(void* session, const PGresult* result) {
  const char* function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
  if (function != nullptr && std::string_view(function) == "SyncRepWaitForLSN") {
    static_cast<PostgresSession*>(session)->not_replicated_ = true;
  }
}

// libpq goes on to the next host when one refuses, but not when one is silent.
void PostgresSession::connect(const PostgresAddress& address, const Patience& patience) {
  auto hosts = hosts_->order();
  for (;;) {
    auto part = patience;
    if (hosts.size() > 1) {
      const auto share = (patience.end - std::chrono::steady_clock::now()) /
                         static_cast<std::int64_t>(hosts.size());
      part.end = std::chrono::steady_clock::now() + std::min<SteadyDuration>(share, kSilence);
    }
    try {
      connect_with(hosts, address, part);
      return hosts_->has_answered(host_);
    } catch (const Error& error) {
      if (error.code() != Errc::kStorageBusy) throw;
      const auto silent = hosts_->current(connection_.get(), hosts);
      hosts_->is_silent(silent);
      if (hosts.size() == 1) throw;
      std::erase(hosts, silent);
    }
  }
}

void PostgresSession::connect_with(const PostgresHosts::Numbers& hosts,
                                   const PostgresAddress& address, const Patience& patience) {
  const auto parameters = hosts_->only(address.parameters(), hosts);
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : parameters) {
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
  host_ = hosts_->current(connection_.get(), hosts);
}

// Between two statements a server has something to say only when it ends the session, or when its
// settings have changed.
bool PostgresSession::is_open() const {
  pollfd server{PQsocket(connection_.get()), POLLIN, 0};
  return PQstatus(connection_.get()) == CONNECTION_OK && ::poll(&server, 1, 0) == 0 &&
         !hosts_->is_elsewhere(host_);
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
  if (result) return result;
  take_notices();
  if (std::exchange(not_replicated_, false)) throw not_replicated(name_);
  return nullptr;
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
    const bool watches = PQstatus(connection_.get()) == CONNECTION_OK && hosts_->are_several();
    const int ready = ::poll(both.data(), both.size(), watches ? std::min(rest, kGlance) : rest);
    if (both[1].revents != 0) {  // it may be of a stop request that came too late for its own wait
      eventfd_t woken = 0;
      ::eventfd_read(woken_.get(), &woken);
    }
    if (patience.stop.stop_requested()) throw postgres_cancelled(name_);
    if (ready > 0 && both[0].revents != 0) return both[0].revents;
    if (watches && hosts_->is_elsewhere(host_)) throw moved(name_);
    if (ready == 0 && left(patience) == 0) throw no_answer(name_, patience.limit);
    if (ready < 0 && errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "poll");
  }
}

void PostgresSession::break_off() {
  auto free = [](PGcancel* cancel) { PQfreeCancel(cancel); };
  std::unique_ptr<PGcancel, decltype(free)> cancel(PQgetCancel(connection_.get()), free);
  if (!cancel) return;
  std::promise<void> done;
  broken_off_ = done.get_future();
  const BlockedSignals blocked;
  std::thread([cancel = std::move(cancel), done = std::move(done)]() mutable {
    std::array<char, 256> why{};  // that it cannot be reached, and then nobody can be told
    PQcancel(cancel.get(), why.data(), static_cast<int>(why.size()));
    done.set_value();
  }).detach();
}

void PostgresSession::require(bool done) const {
  if (!done) throw connection_lost(connection_.get(), name_);
}

}  // namespace nbasync
