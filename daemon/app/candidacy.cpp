#include "app/candidacy.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cluster/instances.hpp"
#include "cluster/line_holder.hpp"
#include "log/log.hpp"
#include "store/schema.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kBetweenTries{250};
constexpr Duration kAfterError{2'000};
constexpr Duration kAsOlder{60'000};  // than the tables are

// With the lock held.
void take_over(Connection& connection, Lease& lease, const std::stop_token& stop) {
  try {
    bring_up_to_date(connection, stop);
    line::make_tables(connection, stop);
    connection.write([&] { line::put_back(connection, lease.epoch(), stop); }, stop);
    (void)lease.guard();  // it took long enough to lose it
  } catch (...) {
    lease.give_back();
    throw;
  }
}

}  // namespace

Candidacy::Candidacy(TimerWheel& wheel, const Clock& clock, ClusterFront& front,
                     const Database& database, Lease& lease, std::function<void(LastState)> got)
    : wheel_(wheel),
      clock_(clock),
      front_(front),
      database_(database),
      lease_(lease),
      got_(std::move(got)),
      again_([this] { try_now(); }) {}

bool Candidacy::try_at_start(const Database& database, Lease& lease, const Clock& clock,
                             const protocol::InstanceState& self) {
  const auto connection = database.connect_writer();
  const auto claim = [&] {
    const auto other = instances::claim(*connection, self, {});
    if (other) throw Error(Errc::kSyncInProgress, *other);
  };
  const bool were_there = instances::is_there(*connection, {});
  if (were_there) claim();
  if (self.role != kStandby && lease.try_lock("daemon", clock.wall())) {
    try {
      take_over(*connection, lease, {});
      if (!were_there) claim();
      return true;
    } catch (const Error& error) {
      // Who is too old to sync may answer.
      if (error.code() != Errc::kStorageNewer || !were_there) throw;
      return false;
    }
  }
  if (were_there) return false;
  // Somebody is making them, or will.
  throw Error(Errc::kSyncInProgress, lease.held_sentence());
}

void Candidacy::begin() {
  wanted_ = true;
  try_now();
}

void Candidacy::stop() {
  wanted_ = false;
  again_.cancel();
}

void Candidacy::try_now() {
  if (!wanted_) return;
  const auto now = clock_.steady();
  if (now < not_before_) {
    const auto pause = std::chrono::ceil<Duration>(not_before_ - now);
    return wheel_.arm(again_, tick_after(clock_, pause));
  }
  if (std::exchange(trying_, true)) {
    once_more_ = true;
    return;
  }
  again_.cancel();
  front_.ask_line(
      [this, season = front_.season()](Connection&, const std::stop_token& stop) {
        const auto started = clock_.wall();
        if (!lease_.try_lock("daemon", started)) return std::optional<LastState>();
        const auto connection = database_.connect_writer();
        take_over(*connection, lease_, stop);  // which takes the time that it takes
        try {
          auto left = read_last_state(*connection, season, started);
          close_open_rows(database_, left);
          return std::optional(std::move(left));
        } catch (...) {
          lease_.give_back();
          throw;
        }
      },
      [this](Result<std::optional<LastState>> result) {
        trying_ = false;
        if (!wanted_) return;  // the lock goes with the process
        const auto* error = error_of(result);
        const bool has_it =
            error == nullptr && std::get<std::optional<LastState>>(result).has_value();
        // Who could not keep it, or loses it at once, would take it again and again.
        if (error != nullptr || has_it) {
          const bool is_older = error != nullptr && error->code() == Errc::kStorageNewer;
          not_before_ = clock_.steady() + (is_older ? kAsOlder : kAfterError);
        }
        if (has_it) {
          wanted_ = once_more_ = false;
          told_.clear();
          return got_(*std::get<std::optional<LastState>>(std::move(result)));
        }
        if (error != nullptr && std::exchange(told_, error->what()) != error->what()) {
          log::error("the lock cannot be taken error={}", in_quotes(error->what()));
        }
        if (std::exchange(once_more_, false) && error == nullptr) return try_now();
        wheel_.arm(again_, tick_after(clock_, kBetweenTries));
      });
}

}  // namespace nbasync
