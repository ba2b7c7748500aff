#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.hpp"
#include "model/request.hpp"

namespace nbasync {

// How old the answers are that were taken: upstream's edges have copies of different ages, and an
// older one may come after a newer one. Of this process's life; after a start the precedence of
// what is told decides alone. Worker thread.
class NewestCopies {
 public:
  // Why an answer that was made then is not taken: a newer one was, less than a day ago. By
  // upstream's clocks, which may differ by a minute. nullopt: it is taken.
  std::optional<std::string> refusal(const Request& request, SystemTime made_at,
                                     SystemTime now) const;

  // It was stored.
  void taken(const Request& request, SystemTime made_at, SystemTime now);

 private:
  struct Taken {
    SystemTime made_at;
    SystemTime at;
  };
  std::unordered_map<std::string, Taken> newest_;  // by request
};

}  // namespace nbasync
