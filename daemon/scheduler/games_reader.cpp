#include "scheduler/games_reader.hpp"

#include <utility>
#include <variant>

#include "base/text.hpp"
#include "log/log.hpp"
#include "scheduler/live_plan.hpp"

namespace nbasync {

GamesReader::GamesReader(ReadPool& readers, const Clock& clock, std::function<void()> read)
    : readers_(readers), clock_(clock), read_(std::move(read)) {}

void GamesReader::read() {
  if (reading_) {
    again_ = true;
    return;
  }
  reading_ = true;
  readers_.ask(
      [now = clock_.wall()](Connection& connection, const std::stop_token& stop) {
        return games_between(connection, now - kGamesBefore, now + kGamesAfter, stop);
      },
      [this](Result<std::vector<LiveGame>> games) { answered(std::move(games)); });
}

void GamesReader::answered(Result<std::vector<LiveGame>> games) {
  reading_ = false;
  if (const auto* error = error_of(games)) {
    log::warning("schedule games not read error={}", in_quotes(error->what()));
  } else {
    games_ = std::get<std::vector<LiveGame>>(std::move(games));
  }
  read_();
  if (std::exchange(again_, false)) read();
}

}  // namespace nbasync
