#include "cluster/lease.hpp"

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "base/blocked_signals.hpp"
#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/uuid.hpp"
#include "cluster/lease_rows.hpp"

namespace nbasync {
namespace {

// How often it is renewed in its length.
constexpr int kRenewals = 3;

// So much of it is trusted, from when the last word was sent that the server has confirmed: it
// began to run later, and what is under way takes its time to end.
constexpr double kTrusted = 0.9;

// Between a renewal that has failed and the next.
constexpr std::chrono::milliseconds kAgain{100};

// Of who takes it, who may be told to stop meanwhile.
constexpr std::chrono::milliseconds kStart{3'000};

PostgresConnection::Options patience(std::chrono::milliseconds all) {
  PostgresConnection::Options options;
  options.connect_timeout = all;
  options.statement_timeout = all;
  options.breaks_off = false;
  return options;
}

}  // namespace

Lease::Lease(PostgresAddress address, Options options)
    : address_(std::move(address)),
      options_(std::move(options)),
      connection_(address_, patience(kStart)) {}

Lease::~Lease() { give_back(); }

bool Lease::try_lock(const std::string& program, SystemTime now) {
  replace_beat({});  // that of a holding which was given up may not have ended
  lease_rows::make_tables(connection_);
  std::string holder;
  {
    const std::lock_guard lock(mutex_);
    self_ = LockHolder{program, options_.host, ::getpid(), now, {}, {}, {}};
    holder = to_lines(self_);
  }
  if (!take(holder)) {
    look(connection_, {});
    return false;
  }
  const BlockedSignals blocked;
  replace_beat(std::jthread([this](const std::stop_token& stop) { renew_until_stopped(stop); }));
  return true;
}

bool Lease::take(const std::string& holder) {
  const auto token = make_uuid();
  const auto sent = boot_time();
  const auto epoch = lease_rows::take(connection_, token, holder, options_.length);
  if (!epoch) return false;
  ++takeovers_;
  const std::lock_guard lock(mutex_);
  token_ = token;
  epoch_ = *epoch;
  held_ = true;
  lost_why_.clear();
  sent_ = sent;
  holder_.reset();
  return true;
}

void Lease::look(PostgresConnection& connection, const std::stop_token& stop) {
  auto found = lease_rows::holder(connection, stop);
  const std::lock_guard lock(mutex_);
  holder_ = std::move(found);
}

void Lease::renew_until_stopped(const std::stop_token& stop) {
  std::unique_ptr<PostgresConnection> connection;
  const auto connect = [&](std::chrono::milliseconds limit) {
    if (!connection) connection = std::make_unique<PostgresConnection>(address_, patience(limit));
  };
  const auto part = options_.length / kRenewals;
  auto pause = part;
  while (!stop.stop_requested()) {
    std::string holder;
    std::string token;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, stop, pause, [this] { return !told_; });
      if (!held_) return;  // it was given up
      holder = to_lines(self_);
      token = token_;
      told_ = true;
    }
    if (stop.stop_requested()) break;
    const auto now = boot_time();
    try {
      connect(std::max(trusted_for() / 2, kAgain));
      if (!lease_rows::renew(*connection, token, holder, options_.length, stop)) {
        look(*connection, stop);
        return lose(held_sentence());
      }
      if (std::exchange(pause, part) != part) connection.reset();  // it was made in haste
      const std::lock_guard lock(mutex_);
      sent_ = now;
    } catch (const std::exception&) {  // trusted_for() tells how long that may go on
      if (stop.stop_requested()) break;
      connection.reset();
      pause = kAgain;  // it may get through then
    }
  }
  connect(part);
  give_back_over(*connection);
}

std::chrono::milliseconds Lease::trusted_for() const {
  const auto trusted = std::chrono::duration_cast<Duration>(options_.length * kTrusted);
  return std::max(Duration{0}, trusted - confirmed_ago());
}

std::chrono::milliseconds Lease::confirmed_ago() const {
  const std::lock_guard lock(mutex_);
  return std::chrono::floor<Duration>(boot_time() - sent_);
}

void Lease::give_up() {
  lose(format("database {}: the server has not confirmed it for {}", address_.name(),
              format_duration(std::chrono::duration_cast<Duration>(options_.length * kTrusted))));
}

void Lease::lose(const std::string& why) {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(held_, false)) return;
    lost_why_ = why;
    changed_.notify_all();
  }
  lost_(why);
}

bool Lease::is_held() const {
  const std::lock_guard lock(mutex_);
  return held_;
}

void Lease::give_back() noexcept { replace_beat({}); }

// Stops and joins the one that is there.
void Lease::replace_beat(std::jthread beat) noexcept {
  const std::lock_guard lock(beat_mutex_);
  beat_ = std::move(beat);
}

// The one that has renewed it is connected: whoever is next waits for nothing else.
void Lease::give_back_over(PostgresConnection& connection) noexcept {
  try {
    std::string token;
    {
      const std::lock_guard lock(mutex_);
      if (!std::exchange(held_, false)) return;
      token = token_;
    }
    lease_rows::give_back(connection, token, options_.rings);
  } catch (...) {  // NOLINT(bugprone-empty-catch): it ends by itself
  }
}

void Lease::note_run(const std::string& run_id, const std::string& sync_type,
                     SystemTime started) noexcept {
  const std::lock_guard lock(mutex_);
  self_.note_run(run_id, sync_type, started);
  told_ = false;
  changed_.notify_all();
}

std::optional<LockHolder> Lease::holder() const {
  const std::lock_guard lock(mutex_);
  return holder_;
}

std::string Lease::held_sentence() const {
  const std::lock_guard lock(mutex_);
  return nbasync::held_sentence(address_.name(), holder_);
}

std::int64_t Lease::epoch() const {
  const std::lock_guard lock(mutex_);
  return epoch_;
}

std::string Lease::guard() const {
  const std::lock_guard lock(mutex_);
  if (!held_) {
    throw Error(Errc::kSyncInProgress,
                format("the lock is lost: {}; nothing was changed", lost_why_));
  }
  return lease_rows::guard(epoch_, token_);
}

}  // namespace nbasync
