#include "app/holding.hpp"

#include <utility>

namespace nbasync {

Holding::Holding(const Config& config, const Engine::Parts& parts, LastState left)
    : filled_(left.filled),
      engine_(config, parts, left),
      decisions_(engine_.log(), std::move(left.schedules)),
      scheduler_(parts.readers, parts.wheel, parts.clock, service(), decisions_),
      first_sync_(parts.wheel, parts.clock, service(), decisions_,
                  [this] { return scheduler_.paused(); }),
      backfill_(parts.readers, parts.wheel, parts.clock, service(), decisions_,
                [this] { return scheduler_.paused(); }),
      season_start_(parts.readers, parts.clock, service()),
      extents_(parts.readers, service()) {
  service().on_decision([this](Decision decision) { decisions_.decided(std::move(decision)); });
  scheduler_.observe_paused([this] {
    first_sync_.advance();
    backfill_.advance();
  });
}

void Holding::begin(const Config& config) {
  scheduler_.load(config.schedules);
  first_sync_.begin(filled_);
  put_in_force(config);
}

void Holding::reconfigure(const Config& config) {
  engine_.reconfigure(config);
  scheduler_.load(config.schedules);
  first_sync_.advance();
  put_in_force(config);
}

void Holding::put_in_force(const Config& config) {
  season_start_.read();
  extents_.read();
  backfill_.spare_upstream(config.upstream.min_interval > Duration::zero());
  backfill_.advance();
}

void Holding::shut_down(std::function<void()> stopped) {
  scheduler_.stop();
  first_sync_.stop();
  backfill_.shut_down();
  engine_.shut_down(std::move(stopped));
}

}  // namespace nbasync
