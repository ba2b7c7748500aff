#include "cluster/feed_watch.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "db/connection.hpp"
#include "db/read_pool.hpp"
#include "store/changes_table.hpp"

namespace nbasync {
namespace {

// Runs that were told of. A failover loses less.
constexpr std::size_t kRemembered = 100;

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
  if (!told_) {
    told_ = std::max(first_, last);
    first_ = *told_;
  }
  if (last < seen_) {
    ++gone_back_;
    reads_again_ = true;
    told_ = std::min(last, known_from());
  }
  seen_ = last;
  read();
}

void FeedWatch::told(const std::string& run_id, std::int64_t last) {
  if (!told_) first_ = last;
  told_ = std::max(told_.value_or(last), last);
  remember(run_id, last);
}

void FeedWatch::remember(const std::string& run_id, std::int64_t last) {
  if (!recent_.empty() && recent_.back().run_id == run_id) {
    recent_.back().last_seq = last;
    return;
  }
  recent_.push_back({run_id, last});
  if (recent_.size() > kRemembered) recent_.pop_front();
}

// After this row, all who were told of are known.
std::int64_t FeedWatch::known_from() const {
  return recent_.size() < kRemembered ? first_ : recent_.front().last_seq;
}

void FeedWatch::read() {
  if (reading_ || seen_ <= *told_) return;
  reading_ = true;
  readers_.ask(
      [after = *told_, last = seen_](Connection& connection, const std::stop_token& stop) {
        return changes_between(connection, after, last, stop);
      },
      [this, last = seen_, asked = gone_back_](const Result<std::vector<DataChange>>& result) {
        reading_ = false;
        if (error_of(result) != nullptr || asked != gone_back_) return;  // with the next look
        told_ = std::max(*told_, last);
        const auto known = reads_again_ ? recent_ : std::deque<Told>();
        reads_again_ = false;
        for (const auto& change : std::get<std::vector<DataChange>>(result)) {
          if (std::ranges::find(known, change.run_id, &Told::run_id) != known.end()) continue;
          remember(change.run_id, change.last_seq);
          tell_(change);
        }
      });
}

}  // namespace nbasync
