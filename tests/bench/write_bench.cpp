// A season of players' lines compared with the database and written: all of it, a hundredth,
// nothing; and what the feed of changes has of that. Beside it what SQLite takes to write the same
// cells into the same table without comparing, and to read them, by its C interface alone.

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "base/format.hpp"
#include "bench/season_bench.hpp"
#include "db/file_database.hpp"
#include "db/table_sql.hpp"

namespace nbasync::bench {
namespace {

void must(bool held, const char* what) {
  if (held) return;
  std::fprintf(stderr, "write_bench: %s\n", what);
  std::abort();
}

// A database with the season in it, in a folder of its own, and the answer that it was made of.
struct Season {
  Season() {
    must(mkdtemp(folder.data()) != nullptr, "no folder");
    database = std::make_unique<FileDatabase>(folder + "/bench.db");
    store = std::make_unique<Store>(*database);
    store->begin("00000000-0000-4000-8000-000000000000", {});
    json = std::make_unique<JsonDecoder>();
    for (const auto* dataset : {&kTeams, &kSchedule, &kGameLogs, &kPlayers}) apply(*dataset);
    facts = season_facts();
    store->read(kPlayerGameLogs, facts, {});
    decoded = kPlayerGameLogs.decode(*json, answers_of(kPlayerGameLogs, facts), facts);
    store->apply(decoded, facts, {});
    must(sqlite3_open((folder + "/bench.db").c_str(), &db) == SQLITE_OK, "cannot open");
    execute("PRAGMA synchronous = FULL");
  }
  ~Season() {
    sqlite3_close(db);
    store.reset();
    database.reset();
    std::filesystem::remove_all(folder);
  }
  Season(const Season&) = delete;
  Season& operator=(const Season&) = delete;

  void apply(const Dataset& dataset) {
    auto known = season_facts();
    store->read(dataset, known, {});
    store->apply(dataset.decode(*json, answers_of(dataset, known), known), known, {});
  }
  void execute(const std::string& sql) const {
    must(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(db));
  }
  const TableChange& lines() const { return decoded.changes.front(); }

  std::string folder = std::filesystem::temp_directory_path() / "nbasync-bench.XXXXXX";
  std::unique_ptr<FileDatabase> database;
  std::unique_ptr<Store> store;
  std::unique_ptr<JsonDecoder> json;
  SeasonFacts facts;
  Decoded decoded;
  sqlite3* db = nullptr;
};

Season& season() {
  static Season one;
  return one;
}

void empty() {
  season().execute("DELETE FROM player_game_logs; DELETE FROM nbasync_changes");
  season().execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void edit() {
  season().execute("UPDATE player_game_logs SET points = points + 1 WHERE rowid % 100 = 0");
}

void apply(benchmark::State& state, void (*prepare)(), bool with_feed) {
  auto& [folder, database, store, json, facts, decoded, db] = season();
  const auto connection = database->connect_writer();
  for (auto _ : state) {
    state.PauseTiming();
    prepare();
    state.ResumeTiming();
    if (with_feed) {
      store->apply(decoded, facts, {});
    } else {
      connection->change(
          [&] {
            Batch batch{{}, format_utc(facts.now)};
            for (const auto& change : decoded.changes) {
              batch.tables.push_back(difference(*connection, change, {}).batch(change));
            }
            return batch;
          },
          {});
    }
  }
  state.counters["rows"] = static_cast<double>(season().lines().rows.size());
}

void bind(sqlite3_stmt* statement, int place, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    sqlite3_bind_text(statement, place, text->data(), static_cast<int>(text->size()),
                      SQLITE_STATIC);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    sqlite3_bind_int64(statement, place, *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    sqlite3_bind_double(statement, place, *real);
  } else {
    sqlite3_bind_null(statement, place);
  }
}

void insert_or_replace(benchmark::State& state, void (*prepare)()) {
  const auto& rows = season().lines().rows;
  std::string sql = format("INSERT OR REPLACE INTO player_game_logs ({}, synced_at) VALUES (?",
                           table_sql::joined(table_sql::names(rows.columns)));
  for (std::size_t c = 0; c < rows.columns.size(); ++c) sql += ", ?";
  sqlite3* db = season().db;
  sqlite3_stmt* statement = nullptr;
  must(sqlite3_prepare_v2(db, (sql + ")").c_str(), -1, &statement, nullptr) == SQLITE_OK,
       sqlite3_errmsg(db));
  const Value now = format_utc(season().facts.now);
  for (auto _ : state) {
    state.PauseTiming();
    prepare();
    state.ResumeTiming();
    season().execute("BEGIN IMMEDIATE");
    const Value* cell = rows.cells.data();
    for (std::size_t row = 0; row < rows.size(); ++row) {
      int place = 0;
      for (std::size_t c = 0; c < rows.columns.size(); ++c) bind(statement, ++place, *cell++);
      bind(statement, ++place, now);
      must(sqlite3_step(statement) == SQLITE_DONE, sqlite3_errmsg(db));
      sqlite3_reset(statement);
    }
    season().execute("COMMIT");
  }
  sqlite3_finalize(statement);
}

// The SELECT that the comparison makes, each cell fetched as what it is.
void read_cells(benchmark::State& state) {
  const auto& change = season().lines();
  const auto sql = table_sql::select(*change.table, change.rows.columns, change.scope.predicate);
  sqlite3_stmt* statement = nullptr;
  must(sqlite3_prepare_v2(season().db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK,
       sql.c_str());
  for (std::size_t i = 0; i < change.scope.values.size(); ++i) {
    bind(statement, sqlite3_bind_parameter_index(statement, format("${}", i + 1).c_str()),
         change.scope.values[i]);
  }
  const int columns = sqlite3_column_count(statement);
  std::size_t rows = 0;
  for (auto _ : state) {
    for (rows = 0; sqlite3_step(statement) == SQLITE_ROW; ++rows) {
      for (int c = 0; c < columns; ++c) {
        switch (sqlite3_column_type(statement, c)) {
          case SQLITE_INTEGER:
            benchmark::DoNotOptimize(sqlite3_column_int64(statement, c));
            break;
          case SQLITE_FLOAT:
            benchmark::DoNotOptimize(sqlite3_column_double(statement, c));
            break;
          case SQLITE_TEXT:
            benchmark::DoNotOptimize(sqlite3_column_text(statement, c));
            break;
          default:
            break;
        }
      }
    }
    sqlite3_reset(statement);
  }
  must(rows == change.rows.size(), "not all rows were read");
  sqlite3_finalize(statement);
}

void nothing() {}

// CPU time: the machine has other work, and what a disk takes is the same for all.
#define NBASYNC_WRITE(function, name, ...) \
  BENCHMARK_CAPTURE(function, name, __VA_ARGS__)->Unit(benchmark::kMillisecond)

NBASYNC_WRITE(apply, first, empty, true);
NBASYNC_WRITE(apply, one_percent, edit, true);
NBASYNC_WRITE(apply, identical, nothing, true);
NBASYNC_WRITE(apply, first_without_feed, empty, false);
NBASYNC_WRITE(apply, one_percent_without_feed, edit, false);
NBASYNC_WRITE(apply, identical_without_feed, nothing, false);
NBASYNC_WRITE(insert_or_replace, first, empty);
NBASYNC_WRITE(insert_or_replace, identical, nothing);
BENCHMARK(read_cells)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nbasync::bench
