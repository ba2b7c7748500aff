#include "store/store.hpp"

#include <map>
#include <utility>

#include "base/format.hpp"
#include "store/answer_hashes.hpp"
#include "store/change_recorder.hpp"
#include "store/database.hpp"
#include "store/migrations.hpp"
#include "store/prepared.hpp"
#include "store/sql.hpp"
#include "store/table_writer.hpp"

namespace nbasync {
namespace {

ChangeCounts& operator+=(ChangeCounts& sum, const ChangeCounts& more) {
  sum.inserted += more.inserted;
  sum.updated += more.updated;
  sum.unchanged += more.unchanged;
  sum.deleted += more.deleted;
  return sum;
}

DecodeContext read_context(const SQLite::Database& db, const Dataset& dataset,
                           const std::string& season) {
  DecodeContext context{season, {}};
  if (!dataset.needs_home_teams) return context;
  SQLite::Statement homes(
      db, "SELECT id, home_team_id FROM games WHERE season = ? AND home_team_id IS NOT NULL");
  homes.bind(1, season);
  while (homes.executeStep()) {
    context.home_team_of.emplace(homes.getColumn(0).getString(), homes.getColumn(1).getInt64());
  }
  return context;
}

}  // namespace

struct Store::Impl {
  Impl(const std::string& path, const StoreOptions& options)
      : database(path, options, kSchemaVersion), hashes(database.connection()) {}

  void bring_up_to_date() {
    const auto version = [this] {
      return database.connection().execAndGet("PRAGMA user_version").getInt();
    };
    if (database.guarded({}, version) >= kSchemaVersion) return;
    database.transaction({}, [&] {
      if (version() < kSchemaVersion) migrate(database.connection());
      return true;
    });
  }

  ChangeCounts write(const Decoded& decoded, const std::string& now, const std::stop_token& stop) {
    ChangeCounts counts;
    for (const TableChange& change : decoded.changes) {
      const auto made = writer(change).apply(change, now, stop);
      if (change.counted) counts += made;
    }
    for (const Prune& prune : decoded.prunes) {
      Prepared statement(database.connection(),
                         format("DELETE FROM {} WHERE {}", prune.table->name, prune.predicate));
      statement.bind(1, prune.value);
      counts.deleted += statement.run();
    }
    return counts;
  }

  TableWriter& writer(const TableChange& change) {
    std::string key(change.table->name);
    for (const Column& column : change.rows.columns) {
      key += format(" {}{}", column.name, static_cast<int>(column.on_update));
    }
    const auto known = writers.find(key);
    if (known != writers.end()) return known->second;
    return writers.try_emplace(key, database.connection(), *change.table, change.rows.columns)
        .first->second;
  }

  Database database;
  AnswerHashes hashes;
  std::map<std::string, TableWriter> writers;  // by table and columns
};

Store::Store(const std::string& path, const StoreOptions& options)
    : impl_(std::make_unique<Impl>(path, options)) {
  impl_->bring_up_to_date();
}

Store::~Store() = default;

DecodeContext Store::context(const Dataset& dataset, const std::string& season,
                             const Changeset& rehearsed) {
  auto& connection = impl_->database.connection();
  if (rehearsed.bytes.empty()) {
    return impl_->database.guarded({}, [&] { return read_context(connection, dataset, season); });
  }
  DecodeContext context;
  impl_->database.transaction({}, [&] {
    rehearsed.apply(connection);
    context = read_context(connection, dataset, season);
    return false;
  });
  return context;
}

std::optional<ChangeCounts> Store::if_unchanged(const Dataset& dataset,
                                                const DecodeContext& context,
                                                const Answers& answers) {
  const auto rows = impl_->database.guarded(
      {}, [&] { return impl_->hashes.known_rows(dataset, context, answers); });
  if (!rows) return std::nullopt;
  return ChangeCounts{0, 0, *rows, 0};
}

ChangeCounts Store::apply(const Dataset& dataset, const DecodeContext& context,
                          const Decoded& decoded, const Answers& answers, SystemTime now,
                          const std::stop_token& stop) {
  ChangeCounts counts;
  impl_->database.transaction(stop, [&] {
    counts = impl_->write(decoded, format_utc(now), stop);
    std::optional<std::string> scope;
    for (const TableChange& change : decoded.changes) {
      if (change.table == dataset.table) scope = change.scope;
    }
    // As the tables say now: what the rows themselves told of home teams is no news next time.
    const auto known = read_context(impl_->database.connection(), dataset, context.season);
    impl_->hashes.remember(dataset, known, answers, scope);
    return true;
  });
  return counts;
}

ChangeCounts Store::rehearse(const Decoded& decoded, SystemTime now, Changeset& rehearsed,
                             const std::stop_token& stop) {
  ChangeCounts counts;
  impl_->database.transaction(stop, [&] {
    const ChangeRecorder recorder(impl_->database.connection());
    rehearsed.apply(impl_->database.connection());
    counts = impl_->write(decoded, format_utc(now), stop);
    rehearsed = recorder.changeset();
    return false;
  });
  return counts;
}

RowChanges Store::rows_of(const Changeset& changes) {
  return impl_->database.guarded({}, [&] { return changes.rows(impl_->database.connection()); });
}

std::int64_t Store::checkpoint() { return impl_->database.checkpoint(); }

}  // namespace nbasync
