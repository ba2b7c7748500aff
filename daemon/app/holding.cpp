#include "app/holding.hpp"

#include <utility>

namespace nbasync {

Holding::Holding(const Config& config, const Engine::Parts& parts)
    : engine_(config, parts),
      decisions_(engine_.log(), engine_.schedule_records()),
      scheduler_(parts.readers, parts.wheel, parts.clock, service(), decisions_),
      first_sync_(parts.wheel, parts.clock, service(), decisions_,
                  [this] { return scheduler_.paused(); }),
      backfill_(parts.readers, parts.wheel, parts.clock, service(), decisions_,
                [this] { return scheduler_.paused(); }),
      season_start_(parts.readers, parts.clock, service()) {
  service().on_decision([this](Decision decision) { decisions_.decided(std::move(decision)); });
  scheduler_.observe_paused([this] {
    first_sync_.advance();
    backfill_.advance();
  });
}

void Holding::begin(const Config& config) {
  scheduler_.load(config.schedules);
  first_sync_.begin(engine_.filled());
  season_start_.read();
  backfill_.spare_upstream(config.upstream.min_interval > Duration::zero());
  backfill_.advance();
}

void Holding::reconfigure(const Config& config) {
  engine_.reconfigure(config);
  scheduler_.load(config.schedules);
  first_sync_.advance();
  season_start_.read();
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
