#include "app/candidacy.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
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

Candidacy::Candidacy(TimerWheel& wheel, const Clock& clock, ClusterFront& front, Lease& lease,
                     std::function<void()> got)
    : wheel_(wheel),
      clock_(clock),
      front_(front),
      lease_(lease),
      got_(std::move(got)),
      again_([this] { try_now(); }) {}

bool Candidacy::try_at_start(const Database& database, Lease& lease, const Clock& clock,
                             bool wants) {
  const auto connection = database.connect_writer();
  const auto are_there = [&] { return !connection->columns_of("nbasync_instances", {}).empty(); };
  if (wants && lease.try_lock("daemon", clock.wall())) {
    try {
      take_over(*connection, lease, {});
      return true;
    } catch (const Error& error) {
      // Who is too old to sync may answer.
      if (error.code() != Errc::kStorageNewer || !are_there()) throw;
      return false;
    }
  }
  if (!are_there()) {
    // Somebody is making them, or will.
    throw Error(Errc::kSyncInProgress, lease.held_sentence());
  }
  return false;
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
      [this](Connection& connection, const std::stop_token& stop) {
        if (!lease_.try_lock("daemon", clock_.wall())) return false;
        take_over(connection, lease_, stop);
        return true;
      },
      [this](const Result<bool>& result) {
        trying_ = false;
        if (!wanted_) return;  // the lock goes with the process
        const auto* error = error_of(result);
        // Who could not keep it, or loses it at once, would take it again and again.
        if (error != nullptr || std::get<bool>(result)) {
          const bool is_older = error != nullptr && error->code() == Errc::kStorageNewer;
          not_before_ = clock_.steady() + (is_older ? kAsOlder : kAfterError);
        }
        if (error == nullptr && std::get<bool>(result)) {
          wanted_ = once_more_ = false;
          told_.clear();
          return got_();
        }
        if (error != nullptr && std::exchange(told_, error->what()) != error->what()) {
          log::error("the lock cannot be taken error={}", in_quotes(error->what()));
        }
        if (std::exchange(once_more_, false) && error == nullptr) return try_now();
        wheel_.arm(again_, tick_after(clock_, kBetweenTries));
      });
}

}  // namespace nbasync
