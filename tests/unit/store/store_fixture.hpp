#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "dataset/catalog.hpp"
#include "support/file_text.hpp"
#include "support/open_store.hpp"
#include "support/rows.hpp"

namespace nbasync::testing {

// A database of its own, and changes of table todays_games to apply to it.
class StoreFixture : public ::testing::Test {
 protected:
  static constexpr std::array kColumns = {Column{"game_id", Type::kText, true}, Column{"game_date"},
                                          Column{"home_team_score", Type::kInteger},
                                          Column{"game_status_text"}};

  static constexpr Table kTable = {"todays_games", kColumns, "synced_at", ""};

  struct Game {
    const char* id;
    Value score;
    const char* text = "Final";
  };

  static TableChange day(const std::string& date, const std::vector<Game>& games) {
    TableChange change{&kTable, {kColumns, {}}, {"game_date = $1", {date}, "todays_games " + date}};
    for (const Game& game : games) {
      change.rows.cells.insert(change.rows.cells.end(), {testing::text(game.id), date, game.score,
                                                         testing::text(game.text)});
    }
    return change;
  }

  ChangeCounts apply(Store& store, TableChange change, const std::stop_token& stop = {}) {
    return apply(store, Decoded{{std::move(change)}, {}}, stop);
  }
  ChangeCounts apply(Store& store, const Decoded& decoded, const std::stop_token& stop = {}) {
    facts_.now = now_;
    return store.apply(decoded, facts_, stop).counts;
  }
  struct Rehearsal {
    std::vector<ChangeCounts> counts;  // one a step
    RowChanges changes;
  };
  // A dry run of these steps.
  Rehearsal rehearse(Store& store, std::vector<TableChange> steps) {
    Rehearsal result;
    result.changes = store.rehearse(
        [&] {
          for (const auto& step : steps) result.counts.push_back(apply(store, step));
        },
        {});
    return result;
  }

  // See first_column().
  std::string ask(const std::string& query) const { return first_column(*look_at(path_), query); }
  void tell(const std::string& sql) const { execute(path_, sql); }
  std::uintmax_t log_bytes() const {
    std::error_code none;
    const auto size = std::filesystem::file_size(path_ + "-wal", none);
    return none ? 0 : size;
  }
  std::string file_bytes() const { return file_text(path_); }

  NewPlace place_;
  std::string path_ = place_.name();
  const TemporaryDirectory& directory_ = place_.directory();
  SeasonFacts facts_ = {};
  SystemTime now_ = *parse_utc("2026-01-15T12:00:00Z");
};

inline void PrintTo(const ChangeCounts& counts, std::ostream* out) {
  *out << counts.inserted << " inserted, " << counts.updated << " updated, " << counts.unchanged
       << " unchanged, " << counts.deleted << " deleted";
}

MATCHER_P4(Counts, inserted, updated, unchanged, deleted, "") {
  return arg.inserted == inserted && arg.updated == updated && arg.unchanged == unchanged &&
         arg.deleted == deleted;
}

}  // namespace nbasync::testing
