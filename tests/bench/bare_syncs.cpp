// What a plain program takes for what syncs do, with nothing of ours: libuv's threads, simdjson's
// cells, SQLite's rows. Prints milliseconds.
//   bare_syncs small DATABASE ANSWER COUNT   COUNT times: a row of the log is written, durably; the
//                                            answer is read, made cells of, and the day's games
//                                            beside it; the row is written again, durably. Each on
//                                            a thread of libuv's, and the loop turns in between
//   bare_syncs full DATABASE ANSWER...       all answers are read and made cells of, and each cell
//                                            that is stored is read
// DATABASE is a copy of a daemon's.

#include <simdjson.h>
#include <sqlite3.h>
#include <uv.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bench/cells.hpp"

namespace {

using nbasync::bench::keep;

std::size_t looked_at = 0;  // bytes and numbers of cells, so that nothing of it is left out

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

void must(bool held, const char* what) {
  if (held) return;
  std::fprintf(stderr, "bare_syncs: %s\n", what);
  std::exit(1);
}

class Database {
 public:
  explicit Database(const char* path) {
    must(sqlite3_open_v2(path, &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) ==
             SQLITE_OK,
         path);
    must(sqlite3_exec(db_, "PRAGMA synchronous = FULL", nullptr, nullptr, nullptr) == SQLITE_OK,
         path);
  }
  ~Database() { sqlite3_close(db_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    must(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK, sql.c_str());
    return statement;
  }

  // Steps to the end, and looks at each cell; returns how many rows there were.
  static std::size_t read(sqlite3_stmt* statement) {
    std::size_t rows = 0, bytes = 0;
    int code = SQLITE_ROW;
    for (; (code = sqlite3_step(statement)) == SQLITE_ROW; ++rows) {
      for (int column = 0; column < sqlite3_column_count(statement); ++column) {
        auto* value = sqlite3_column_value(statement, column);
        const bool is_text = sqlite3_value_type(value) == SQLITE_TEXT;
        bytes += static_cast<std::size_t>(is_text ? sqlite3_value_bytes(value)
                                                  : sqlite3_value_int(value));
      }
    }
    must(code == SQLITE_DONE, "a statement has failed");
    sqlite3_reset(statement);
    looked_at += bytes;
    return rows;
  }

 private:
  sqlite3* db_ = nullptr;
};

// Parts that run one after the other, each on a thread of libuv's pool.
class Turns {
 public:
  explicit Turns(std::vector<std::function<void()>> parts, int rounds)
      : parts_(std::move(parts)), left_(static_cast<std::size_t>(rounds) * parts_.size()) {}

  void run() {
    uv_loop_t loop;
    must(uv_loop_init(&loop) == 0, "no loop");
    loop_ = &loop;
    next();
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
  }

 private:
  void next() {
    if (left_-- == 0) return;
    request_.data = this;
    const auto work = [](uv_work_t* request) {
      auto& turns = *static_cast<Turns*>(request->data);
      turns.parts_[turns.part_++ % turns.parts_.size()]();
    };
    const auto done = [](uv_work_t* request, int) { static_cast<Turns*>(request->data)->next(); };
    must(uv_queue_work(loop_, &request_, work, done) == 0, "no thread");
  }

  std::vector<std::function<void()>> parts_;
  std::size_t left_;
  std::size_t part_ = 0;
  uv_loop_t* loop_ = nullptr;
  uv_work_t request_{};
};

void small(Database& database, const char* answer, int count) {
  auto* begins = database.prepare(
      "INSERT INTO data_sync_log (run_id, sync_type, season, status, triggered_by, requested_at, "
      "started_at) VALUES ('bare-' || ?1, 'todays_games', '2025-26', 'started', 'bare', "
      "'2026-04-12T12:00:00.000Z', '2026-04-12T12:00:00.000Z')");
  auto* ends = database.prepare(
      "UPDATE data_sync_log SET status = 'success', completed_at = '2026-04-12T12:00:00.000Z', "
      "duration_seconds = 0.001 WHERE run_id = 'bare-' || ?1");
  auto* games = database.prepare("SELECT * FROM todays_games");
  simdjson::dom::parser parser;
  int run = 0;
  const auto write = [&](sqlite3_stmt* statement) {
    sqlite3_bind_int(statement, 1, run);
    Database::read(statement);
  };
  const auto sync = [&] {
    std::vector<Cell> cells;
    keep(parser.load(answer).value(), cells);
    must(!cells.empty() && Database::read(games) > 0, "no games");
  };
  Turns({[&] { write(begins); }, sync,
         [&] {
           write(ends);
           ++run;
         }},
        count)
      .run();
  for (auto* each : {begins, ends, games}) sqlite3_finalize(each);
}

void full(Database& database, std::span<char*> answers) {
  simdjson::dom::parser parser;
  for (const char* answer : answers) {
    std::vector<Cell> cells;
    cells.reserve(std::filesystem::file_size(answer) / 4);  // more than there are
    keep(parser.load(answer).value(), cells);
    must(!cells.empty(), answer);
  }
  std::size_t rows = 0;
  for (const char* table :
       {"nba_teams", "games", "team_game_logs", "todays_games", "standings", "team_season_stats",
        "players", "player_season_stats", "player_game_logs"}) {
    auto* statement = database.prepare(std::string("SELECT * FROM ") + table);
    rows += Database::read(statement);
    sqlite3_finalize(statement);
  }
  must(rows > 20'000, "no season");
}

}  // namespace

int main(int count, char** words) {
  const std::span all(words, static_cast<std::size_t>(count));
  must(count > 3, "small DATABASE ANSWER COUNT, or full DATABASE ANSWER...");
  Database database(words[2]);
  const auto begin = std::chrono::steady_clock::now();
  if (std::string(words[1]) == "small") {
    must(count == 5, "small DATABASE ANSWER COUNT");
    small(database, words[3], std::atoi(words[4]));
  } else {
    full(database, all.subspan(3));
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  must(looked_at > 0, "nothing is stored");
  std::printf("%.3f\n", took.count());
}
