#include "sync/season_start.hpp"

#include <utility>

#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "log/log.hpp"
#include "store/first_game.hpp"

namespace nbasync {

SeasonStart::SeasonStart(ReadPool& readers, const Clock& clock, SyncService& service)
    : readers_(readers), clock_(clock), service_(service) {
  service_.observe([this](const SyncEvent& event) {
    if (event.kind == SyncEvent::Kind::kFinished && moves_games(event.sync_type)) read();
  });
  service_.describe([this](protocol::Status& status) { describe(status); });
}

void SeasonStart::read() {
  const auto season = service_.season();
  readers_.ask(
      [season, types = service_.options().season_types](Connection& connection,
                                                        const std::stop_token& stop) {
        return first_game(connection, season, types, stop);
      },
      [this, season](Result<Start> answer) {
        if (const auto* error = error_of(answer)) {
          log::warning("start of the season not read error={}", in_quotes(error->what()));
          return;
        }
        season_ = season;
        start_ = std::get<Start>(answer);
      });
}

void SeasonStart::describe(protocol::Status& status) const {
  if (season_ != service_.season() || !start_ || *start_ <= clock_.wall()) return;
  for (auto& state : status.datasets) {
    const auto* dataset = find_dataset(state.name);
    if (dataset == nullptr || !dataset->is_of_games) continue;
    state.begins = start_;
    state.stale = false;
  }
}

}  // namespace nbasync
