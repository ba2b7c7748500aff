#include <gmock/gmock.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "dataset/columns.hpp"
#include "support/feed_replay.hpp"
#include "support/rounds.hpp"
#include "unit/store/store_fixture.hpp"

// Whatever answers come, and however they end: the feed's rows, on top of an earlier state, give
// the later one. NBASYNC_SEED tries one sequence again.

namespace nbasync {
namespace {

using testing::OpenStore;

class ChangeFeedReplayTest : public testing::StoreFixture {
 protected:
  int below(int most) { return std::uniform_int_distribution<int>(0, most - 1)(random_); }
  bool once_in(int times) { return below(times) == 0; }

  Value some(Type type) {
    if (once_in(4)) return {};
    if (type == Type::kInteger) return std::int64_t{below(3)};
    if (type == Type::kReal) return below(3) * 0.5;
    constexpr const char* kTexts[] = {"final", "live", "Q3 4:10", "Q4 1:00", "a \"b\"\n", ""};
    return std::string(kTexts[below(6)]);
  }

  // An answer of any of the tables, of all or some of its columns, with a few rows.
  TableChange change() {
    const auto all = tables();
    const Table& table = *all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    auto& columns = columns_.emplace_back();
    const bool whole = once_in(2);
    for (Column column : table.columns) {
      if (!column.key && !whole && once_in(3)) continue;
      if (!column.key) column.on_update = static_cast<OnUpdate>(below(3));
      columns.push_back(column);
    }
    const std::string_view of_scope = table.name == "todays_games" ? "game_date" : "season";
    const std::string scope = kScopes[below(2)];
    TableChange change{&table, {columns, {}}, {}};
    change.scope = {of_scope == "season" ? "season = $1" : "game_date = $1", {scope}, scope};
    change.complete = !once_in(3);
    const bool is_load = once_in(80);
    const bool is_one = table.name == "league_averages";  // a row a season
    const int first = below(4);
    const int count = is_one ? 1 : is_load ? 1'100 : below(6);
    for (int row = first; row < first + count; ++row) {
      for (const auto& column : columns) {
        change.rows.cells.push_back(column.name == of_scope ? Value(scope)
                                    : !column.key           ? some(column.type)
                                    : column.type == Type::kInteger
                                        ? Value(std::int64_t{row})
                                        : Value(format("002{:04}", row)));
      }
    }
    return change;
  }

  static constexpr const char* kScopes[] = {"2025-26", "2026-01-15"};

  std::mt19937 random_;
  std::deque<std::vector<Column>> columns_;  // of the changes
};

TEST_F(ChangeFeedReplayTest, TheFeedOnTopOfAnEarlierStateGivesTheLaterOne) {
  const char* seed = std::getenv("NBASYNC_SEED");
  for (unsigned number = 1; number <= (seed == nullptr ? testing::rounds(8) : 1U); ++number) {
    random_.seed(seed == nullptr ? number : static_cast<unsigned>(std::atoi(seed)));
    std::filesystem::remove(path_);
    for (const auto* end : {"-wal", "-shm"}) std::filesystem::remove(path_ + end);
    OpenStore store(path_, {.synchronous_full = false});
    testing::FeedReplay copy(path_);
    std::int64_t told = 0;
    store.on_change([&](const DataChange& change) { told = change.last_seq; });
    for (int step = 0; step < 40; ++step) {
      now_ += std::chrono::minutes(below(600));
      Decoded decoded{{change()}, {}};
      if (once_in(3)) {
        auto more = change();
        if (more.table != decoded.changes[0].table) decoded.changes.push_back(std::move(more));
      }
      if (once_in(6)) {
        decoded.prunes.push_back({tables()[0], {"team_id < $1", {std::to_string(below(4))}, ""}});
        if (decoded.changes.size() > 1 || decoded.changes[0].table == tables()[0]) {
          decoded.prunes.clear();
        }
      }
      std::stop_source stop;
      if (once_in(8)) stop.request_stop();
      try {
        if (once_in(8)) {
          store.rehearse([&] { apply(store, decoded); }, {});
        } else {
          apply(store, decoded, stop.get_token());
        }
      } catch (const Error&) {  // refused, or stopped
      }
      ASSERT_EQ(copy.catch_up(), "") << "NBASYNC_SEED=" << number << ", step " << step;
      ASSERT_EQ(told, copy.last());
    }
    EXPECT_GT(copy.last(), 30) << "there was something to follow";
  }
}

}  // namespace
}  // namespace nbasync
