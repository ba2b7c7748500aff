#include "dataset/game_entries.hpp"

#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/game_id.hpp"

namespace nbasync {

void GameEntries::each(simdjson::dom::array games, const std::string& date, const Read& read) {
  for (const auto element : games) {
    const JsonFields anonymous(element, format("{} {}", label_, date));
    const std::string id(anonymous.text("gameId").value_or(""));
    if (!is_game_id(id))
      anonymous.malformed(format("a game has no usable gameId: '{}'", excerpt(id)));
    if (!is_nba_game(id)) continue;
    try {
      const JsonFields game(element, format("{} game {}", label_, id));
      if (!read(game, id)) {
        game.malformed("gameStatus is none of 1, 2, 3, and gameStatusText says nothing known");
      }
    } catch (const Error& error) {
      if (error.code() != Errc::kUpstreamMalformed) throw;
      if (odd_++ == 0) first_ = error;
      change_.spared.push_back({Value(id)});
    }
  }
}

void GameEntries::tell(std::size_t readable, std::string& note) const {
  if (odd_ == 0) return;
  const bool few = odd_ <= kFew && readable > 0;
  if (!few && is_beyond_fraction(odd_, readable)) throw *first_;
  add_note(note, format("{} not read, and as stored: {}",
                        odd_ == 1 ? "a game is" : "some games are", first_->what()));
}

}  // namespace nbasync
