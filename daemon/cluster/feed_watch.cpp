#include "cluster/feed_watch.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "db/connection.hpp"
#include "db/read_pool.hpp"
#include "store/changes_table.hpp"

namespace nbasync {
namespace {

// How many rows of the table one 'load' stands for.
std::int64_t count_in(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  return json.is_object() ? json.value("count", std::int64_t{0}) : 0;
}

DataChange& entry_of(std::vector<DataChange>& changes, std::string run_id, std::string table,
                     std::int64_t first_seq) {
  const auto known = std::find_if(changes.begin(), changes.end(), [&](const DataChange& each) {
    return each.run_id == run_id && each.table == table;
  });
  if (known != changes.end()) return *known;
  changes.push_back({std::move(run_id), std::move(table), first_seq, first_seq});
  return changes.back();
}

}  // namespace

std::vector<DataChange> changes_between(Connection& connection, std::int64_t after,
                                        std::int64_t last, const std::stop_token& stop) {
  std::vector<DataChange> changes;
  const Value values[] = {after, last, std::string(to_string(ChangeKind::kLoad))};
  connection.each(
      format("SELECT run_id, table_name, change, min(seq), max(seq), count(*), CASE WHEN change = "
             "$3 THEN min(after) END FROM {} WHERE seq > $1 AND seq <= $2 GROUP BY run_id, "
             "table_name, change, CASE WHEN change = $3 THEN seq END ORDER BY 4",
             kChangesTable.name),
      values,
      [&](const Row& row) {
        auto& change = entry_of(changes, to_text(row[0]), to_text(row[1]), to_integer(row[3]));
        change.last_seq = std::max(change.last_seq, to_integer(row[4]));
        const auto count = to_integer(row[5]);
        switch (read_word<ChangeKind>(to_text(row[2]))) {
          case ChangeKind::kInsert:
            change.inserted += count;
            break;
          case ChangeKind::kUpdate:
            change.updated += count;
            break;
          case ChangeKind::kDelete:
            change.deleted += count;
            break;
          case ChangeKind::kLoad:
            change.inserted += count_in(to_text(row[6]));
            break;
        }
      },
      stop);
  return changes;
}

void FeedWatch::saw(std::int64_t last) {
  seen_ = std::max(seen_, last);
  if (!told_) told_ = seen_;
  read();
}

void FeedWatch::told(std::int64_t last) { told_ = std::max(told_.value_or(last), last); }

void FeedWatch::read() {
  if (reading_ || seen_ <= *told_) return;
  reading_ = true;
  readers_.ask(
      [after = *told_, last = seen_](Connection& connection, const std::stop_token& stop) {
        return changes_between(connection, after, last, stop);
      },
      [this, last = seen_](const Result<std::vector<DataChange>>& result) {
        reading_ = false;
        if (error_of(result) != nullptr) return;  // with the next look
        told_ = std::max(*told_, last);
        for (const auto& change : std::get<std::vector<DataChange>>(result)) {
          tell_(change);
        }
      });
}

}  // namespace nbasync
