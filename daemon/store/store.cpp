#include "store/store.hpp"

#include <utility>
#include <vector>

#include "base/error.hpp"
#include "db/table_sql.hpp"
#include "store/change_feed.hpp"
#include "store/guard.hpp"
#include "store/memory.hpp"
#include "store/schema.hpp"
#include "store/season_facts.hpp"

namespace nbasync {
namespace {

// Old rows as a change: of a scope of their own, in which nothing is left.
Difference difference_of(Connection& connection, const Prune& prune, const TableChange& change,
                         const std::stop_token& stop) {
  Difference result;
  const std::size_t keys = table_sql::key_names(change.rows.columns).size();
  connection.each(
      table_sql::select(*prune.table, change.rows.columns, prune.scope.predicate),
      prune.scope.values,
      [&](Row row) {
        auto& gone = result.deletes.emplace_back();
        for (std::size_t c = 0; c < row.size(); ++c) {
          (c < keys ? gone.key : gone.before).push_back(to_value(row[c]));
        }
      },
      stop);
  return result;
}

TableBatch batch_of_memory(const MemoryChange& memory) {
  return {&kMemoryTable, &memory.rows, {}, memory.updates, memory.inserts};
}

}  // namespace

Store::Store(Database& database, Prepared) : connection_(database.connect_writer()) {}

Store::Store(Database& database) {
  database.prepare(bring_up_to_date);
  connection_ = database.connect_writer();
}

void Store::begin(const std::string& run_id, const std::stop_token& stop) {
  run_id_ = run_id;
  new_finals_.clear();
  games_.reset();
  connection_->take_file(stop);
  bring_up_to_date(*connection_, stop);
}

void Store::read(const Dataset& dataset, SeasonFacts& facts, const std::stop_token& stop) {
  // After an error it may be another file.
  auto games = std::exchange(games_, std::nullopt);
  if (!games || games->season != facts.season) {
    games = read_game_facts(*connection_, facts.season, stop);
  }
  static_cast<GameFacts&>(facts) = *games;
  read_facts(*connection_, dataset, facts, stop);
  games_ = std::move(games);
}

Store::Applied Store::apply(const Decoded& decoded, const SeasonFacts& facts,
                            const std::stop_token& stop) {
  std::vector<TableChange> prunes;  // without rows
  for (const Prune& prune : decoded.prunes) {
    prunes.push_back({prune.table, {prune.table->columns, {}}, prune.scope});
  }
  auto games = std::exchange(games_, std::nullopt);
  bool wrote_games = false;
  Applied applied;
  std::vector<Claim> claims;
  MemoryChange memory;
  ChangeFeed feed(*connection_, run_id_, new_finals_);
  const auto batch_of = [&] {
    const auto before = std::exchange(applied, {{}, decoded.note}).counts;
    claims = decoded.claims;
    feed.start(facts.now, stop);
    Batch batch{{}, format_utc(facts.now)};
    const auto add = [&](const TableChange& change, const Difference& found,
                         ChangeFeed::Reason reason) {
      if (change.counted) applied.counts += found.counts();
      if (rehearsed_ != nullptr) rehearsed_->add(change, found);
      if (rehearsed_ == nullptr) feed.add(change, found, reason);
      batch.tables.push_back(found.batch(change));
      const bool writes = !batch.tables.back().empty();
      wrote_games = wrote_games || (writes && tells_game_facts(*change.table));
    };
    for (const TableChange& change : decoded.changes) {
      auto found = difference(*connection_, change, stop);
      Judgement judgement;
      try {
        judge(change, facts, found, judgement);
      } catch (...) {
        claims = judgement.claims;
        throw;
      }
      add_note(applied.note, judgement.note);
      claims.insert(claims.end(), judgement.claims.begin(), judgement.claims.end());
      add(change, found, ChangeFeed::Reason::kAnswer);
    }
    for (std::size_t p = 0; p < prunes.size(); ++p) {
      add(prunes[p], difference_of(*connection_, decoded.prunes[p], prunes[p], stop),
          ChangeFeed::Reason::kAge);
    }
    // What was to be written is there: the answer to it was lost.
    if (before.any() && !applied.counts.any()) applied.counts = before;
    batch.tables.push_back(feed.batch());
    memory = remember(facts, claims, decoded.checked);
    batch.tables.push_back(batch_of_memory(memory));
    return batch;
  };
  try {
    connection_->change(batch_of, stop);
  } catch (const Error& error) {
    const bool refused =
        error.code() == Errc::kUpstreamEmpty || error.code() == Errc::kUpstreamShort;
    if (refused && rehearsed_ == nullptr) {
      memory = remember(facts, claims, {});
      connection_->change(
          [&] {
            return Batch{{batch_of_memory(memory)}, format_utc(facts.now)};
          },
          stop);
    }
    throw;
  }
  if (!wrote_games) games_ = std::move(games);
  for (DataChange& told : feed.told()) {
    told.dataset = facts.dataset;
    told_(told);
  }
  return applied;
}

RowChanges Store::rehearse(const std::function<void()>& work, const std::stop_token& stop) {
  ChangeList list;
  rehearsed_ = &list;
  games_.reset();
  const auto end = [this] {
    rehearsed_ = nullptr;
    games_.reset();
  };
  try {
    connection_->rehearse(work, stop);
  } catch (...) {
    end();
    throw;
  }
  end();
  return list.rows();
}

}  // namespace nbasync
