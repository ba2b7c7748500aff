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
#include "postgres/postgres_text.hpp"

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

// Who waits for it and listens looks now.
constexpr const char* kGiveBack =
    "WITH freed AS (UPDATE nbasync_lease SET token = '', expires_at = now() WHERE id = 1 AND token "
    "= $1 RETURNING 1), told AS (SELECT pg_notify('nbasync', '') FROM freed WHERE $2::bigint <> 0) "
    "UPDATE nbasync_fence SET token = '' FROM freed LEFT JOIN told ON true WHERE id = 1 AND token "
    "= $1";

PostgresConnection::Options patience(std::chrono::milliseconds all) {
  PostgresConnection::Options options;
  options.connect_timeout = all;
  options.statement_timeout = all;
  options.breaks_off = false;
  return options;
}

double seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

Lease::Lease(PostgresAddress address, Options options)
    : address_(std::move(address)),
      options_(std::move(options)),
      connection_(address_, patience(kStart)) {}

Lease::~Lease() { give_back(); }

bool Lease::try_lock(const std::string& program, SystemTime now) {
  replace_beat({});  // that of a holding which was given up may not have ended
  make_tables();
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

void Lease::make_tables() {
  if (!connection_.columns_of("nbasync_fence", {}).empty()) return;
  connection_.transaction(
      [&] {
        for (const char* sql : kTables) connection_.run(sql, {}, {});
      },
      {});
}

bool Lease::take(const std::string& holder) {
  const auto token = make_uuid();
  const Value values[] = {token, holder, seconds(options_.length)};
  std::optional<std::int64_t> epoch;
  const auto sent = clock_.steady();
  connection_.each(kTake, values, [&](const Row& row) { epoch = to_integer(row[0]); }, {});
  if (!epoch) return false;
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
  std::optional<LockHolder> found;
  connection.each(
      "SELECT holder FROM nbasync_lease WHERE id = 1", {},
      [&](const Row& row) { found = lock_holder_in(to_text(row[0])); }, stop);
  const std::lock_guard lock(mutex_);
  holder_ = std::move(found);
}

// A renewal that comes late is one all the same, as long as nobody else has taken the lease.
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
    const auto now = clock_.steady();
    try {
      connect(std::max(trusted_for() / 2, kAgain));
      if (!renew(*connection, token, holder, stop)) return lose(held_sentence());
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
  const std::lock_guard lock(mutex_);
  const auto end = sent_ + std::chrono::duration_cast<Duration>(options_.length * kTrusted);
  return std::max(Duration{0}, std::chrono::ceil<Duration>(end - clock_.steady()));
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

// False if another has it, who is known then.
bool Lease::renew(PostgresConnection& connection, const std::string& token,
                  const std::string& holder, const std::stop_token& stop) {
  const Value values[] = {token, seconds(options_.length), holder};
  if (connection.run(kRenew, values, stop) == 1) return true;
  look(connection, stop);
  return false;
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
    const Value values[] = {token, std::int64_t{options_.rings}};
    connection.run(kGiveBack, values, {});
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

// A row that must not be is refused (23502): so the statement fails exactly if there is no fence of
// ours. One that is ours stays locked until the end of the transaction.
std::string Lease::guard() const {
  const std::lock_guard lock(mutex_);
  if (!held_) {
    throw Error(Errc::kSyncInProgress,
                format("the lock is lost: {}; nothing was changed", lost_why_));
  }
  return format(
      "WITH fence AS MATERIALIZED (SELECT 1 FROM nbasync_fence WHERE id = 1 AND epoch = {} AND "
      "token = {} FOR SHARE) INSERT INTO nbasync_fence (id, epoch, token) SELECT 1, NULL, '' WHERE "
      "NOT EXISTS (SELECT 1 FROM fence);\n",
      epoch_, postgres_text::literal(token_));
}

}  // namespace nbasync
