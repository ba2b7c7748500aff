#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"

namespace nbasync {

// Games of an answer that cannot be read: one costs that game and not the file. More than a few of
// them are no exception any more.
class OddGames {
 public:
  // What is wrong with one. Throws it again if it is no fault of the game.
  void add(const Error& error);

  // At the end, beside so many that could be read: a note, or what is wrong with the first of them,
  // thrown.
  void tell(std::size_t readable, std::string& note) const;

 private:
  std::size_t count_ = 0;
  std::optional<Error> first_;
};

}  // namespace nbasync
