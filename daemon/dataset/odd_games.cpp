#include "dataset/odd_games.hpp"

#include "base/format.hpp"
#include "dataset/dataset.hpp"

namespace nbasync {

void OddGames::add(const Error& error) {
  if (error.code() != Errc::kUpstreamMalformed) throw error;
  if (count_++ == 0) first_ = error;
}

void OddGames::tell(std::size_t readable, std::string& note) const {
  if (count_ == 0) return;
  constexpr std::size_t kFew = 5;
  const bool few = count_ <= kFew && readable > 0;
  if (!few && static_cast<double>(count_) > kMostMissing * static_cast<double>(readable)) {
    throw *first_;
  }
  add_note(note, format("{} not read, and as stored: {}",
                        count_ == 1 ? "a game is" : "some games are", first_->what()));
}

}  // namespace nbasync
