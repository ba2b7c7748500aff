#include "store/store.hpp"

#include <utility>
#include <vector>

#include "db/table_sql.hpp"
#include "store/change_feed.hpp"
#include "store/migrations.hpp"

namespace nbasync {
namespace {

// Old rows as a change: of a scope of their own, in which nothing is left.
Difference difference_of(Connection& connection, const Prune& prune, const TableChange& change,
                         const std::stop_token& stop) {
  Difference result;
  const std::size_t keys = table_sql::key_names(change.rows.columns).size();
  const Value value[] = {prune.value};
  connection.each(
      table_sql::select(*prune.table, change.rows.columns, prune.predicate), value,
      [&](Row row) {
        auto& gone = result.deletes.emplace_back();
        for (std::size_t c = 0; c < row.size(); ++c) {
          (c < keys ? gone.key : gone.before).push_back(to_value(row[c]));
        }
      },
      stop);
  return result;
}

}  // namespace

Store::Store(Database& database) {
  database.prepare(bring_up_to_date);
  connection_ = database.connect_writer();
}

void Store::begin(const std::string& run_id, const std::stop_token& stop) {
  run_id_ = run_id;
  connection_->take_file(stop);
  bring_up_to_date(*connection_, stop);
}

DecodeContext Store::context(const Dataset& dataset, const std::string& season,
                             const std::stop_token& stop) {
  DecodeContext context{season, {}};
  if (!dataset.needs_home_teams) return context;
  const Value values[] = {season};
  connection_->each(
      "SELECT id, home_team_id FROM games WHERE season = $1 AND home_team_id IS NOT NULL", values,
      [&](Row row) { context.home_team_of.emplace(to_text(row[0]), to_integer(row[1])); }, stop);
  return context;
}

ChangeCounts Store::apply(const Decoded& decoded, SystemTime now, const std::stop_token& stop) {
  std::vector<TableChange> prunes;  // without rows
  for (const Prune& prune : decoded.prunes) {
    prunes.push_back({prune.table, {prune.table->columns, {}}, prune.value});
  }
  ChangeCounts counts;
  ChangeFeed feed(*connection_, run_id_);
  connection_->change(
      [&] {
        counts = {};
        feed.start(now, stop);
        Batch batch{{}, format_utc(now)};
        const auto add = [&](const TableChange& change, const Difference& found,
                             ChangeFeed::Reason reason) {
          if (change.counted) counts += found.counts();
          if (rehearsed_ != nullptr) rehearsed_->add(change, found);
          if (rehearsed_ == nullptr) feed.add(change, found, reason);
          batch.tables.push_back(found.batch(change));
        };
        for (const TableChange& change : decoded.changes) {
          add(change, difference(*connection_, change, stop), ChangeFeed::Reason::kAnswer);
        }
        for (std::size_t p = 0; p < prunes.size(); ++p) {
          add(prunes[p], difference_of(*connection_, decoded.prunes[p], prunes[p], stop),
              ChangeFeed::Reason::kAge);
        }
        batch.tables.push_back(feed.batch());
        return batch;
      },
      stop);
  for (const DataChange& told : feed.told()) told_(told);
  return counts;
}

RowChanges Store::rehearse(const std::function<void()>& work, const std::stop_token& stop) {
  ChangeList list;
  rehearsed_ = &list;
  try {
    connection_->rehearse(work, stop);
  } catch (...) {
    rehearsed_ = nullptr;
    throw;
  }
  rehearsed_ = nullptr;
  return list.rows();
}

}  // namespace nbasync
