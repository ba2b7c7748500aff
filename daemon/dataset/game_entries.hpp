#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "dataset/dataset.hpp"
#include "dataset/json_fields.hpp"

namespace nbasync {

// The games that schedule and scoreboard list, entry by entry. One that cannot be read costs that
// game and not the file; more than a few of them are no exception any more.
class GameEntries {
 public:
  // What one entry says; false: its status is none that is known. Throws Error.
  using Read = std::function<bool(const JsonFields& game, const std::string& id)>;

  // `label` names the answer in messages. Entries that cannot be read are spared in `change`.
  GameEntries(std::string label, TableChange& change) : label_(std::move(label)), change_(change) {}

  // Calls `read` for each game of ours in a day's list. Throws Error(kUpstreamMalformed) for an
  // entry without a usable id, and what `read` throws but that.
  void each(simdjson::dom::array games, const std::string& date, const Read& read);

  // At the end, beside so many that could be read: a note on those that could not, or what is wrong
  // with the first of them, thrown.
  void tell(std::size_t readable, std::string& note) const;

 private:
  std::string label_;
  TableChange& change_;
  std::size_t odd_ = 0;
  std::optional<Error> first_;
};

}  // namespace nbasync
