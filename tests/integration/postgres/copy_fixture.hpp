#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "integration/daemon/client_fixture.hpp"
#include "protocol/errors.hpp"

namespace nbasync::testing {

// The demo season with its players in a file, and a PostgreSQL into which it is copied, or from
// which.
class CopyTest : public ClientFixture {
 protected:
  CopyTest() {
    std::filesystem::copy_file(demo_file(), file_);
    change_file("DELETE FROM player_game_logs WHERE game_id > '0022500020'");
    configure_file("");
  }

  // The configuration that names the file.
  void configure_file(const std::string& more) const {
    std::ofstream(file_config_) << "season: 2025-26\ndatabase: {path: " << file_.string() << "}\n"
                                << "cluster: {lease: 1s, instance: copier}\n"
                                << "upstream: {stats_url: " << upstream_.stats_url()
                                << ", cdn_url: " << upstream_.cdn_url() << ", min_interval: 0s}\n"
                                << "sync: {on_start: never}\ndbus: {bus: none}\n"
                                << "control: {socket: " << socket_ << "}\n"
                                << more;
  }

  std::unique_ptr<Process> spawn_copy(Words words) const {
    words.insert(words.begin(), {NBASYNCD, "--config", file_config_.string()});
    return std::make_unique<Process>(words);
  }
  // To its end: its exit status.
  int copy(Words words) {
    const auto process = spawn_copy(std::move(words));
    const auto status = process->wait(kCopying);
    out_ = process->out();
    err_ = process->err();
    return status.value_or(-1000);
  }
  int copy_to() { return copy({"--copy-to", place_.name()}); }
  int copy_from(const std::filesystem::path& file) {
    return copy({"--copy-from", place_.name(), "--database", file.string()});
  }
  // The tables, without rows.
  void make_tables() {
    std::filesystem::rename(file_, kept_);
    SQLite::Database(file_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    ASSERT_EQ(copy_to(), 0) << err_;
    for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
    std::filesystem::rename(kept_, file_);
  }

  // With the lines of all players, which are ten times the rows of all others.
  void take_all_players() const {
    std::filesystem::copy_file(demo_file(), file_,
                               std::filesystem::copy_options::overwrite_existing);
  }

  void change_file(const std::string& sql) const {
    SQLite::Database(file_.string(), SQLite::OPEN_READWRITE, 10'000).exec(sql);
  }

  // Every cell of a file with its type, but for what is said there of its own schema.
  static std::string cells_of(const std::filesystem::path& path) {
    SQLite::Database db(path.string(), SQLite::OPEN_READONLY);
    std::string all;
    SQLite::Statement tables(db,
                             "SELECT t.name, group_concat('quote(\"' || c.name || '\")', "
                             "' || ''|'' || ') FROM sqlite_schema AS t, pragma_table_info(t.name) "
                             "AS c WHERE t.type = 'table' GROUP BY t.name ORDER BY t.name");
    while (tables.executeStep()) {
      const auto name = tables.getColumn(0).getString();
      all += name + '\n';
      SQLite::Statement rows(db, "SELECT " + tables.getColumn(1).getString() + " FROM " + name +
                                     (name == "nbasync_meta" ? " WHERE key <> 'schema'" : "") +
                                     " ORDER BY 1");
      while (rows.executeStep()) all += rows.getColumn(0).getString() + '\n';
    }
    return all;
  }
  std::string first_of_file(const std::string& sql) const {
    return SQLite::Database(file_.string(), SQLite::OPEN_READONLY).execAndGet(sql).getString();
  }
  // Rows of teams, lines of players and runs in the PostgreSQL.
  std::string counts() const {
    return query(
        "SELECT (SELECT count(*) FROM nba_teams), (SELECT count(*) FROM player_game_logs), (SELECT "
        "count(*) FROM data_sync_log)");
  }
  static int exit_of(Errc code) { return protocol::names_of(code).exit; }

  static constexpr std::chrono::seconds kCopying{120};
  static constexpr const char* kNothing = "0|0|0";

  std::filesystem::path file_ = directory_.path() / "from.db";
  std::filesystem::path kept_ = directory_.path() / "kept.db";
  std::filesystem::path back_ = directory_.path() / "back.db";
  std::filesystem::path file_config_ = directory_.path() / "file.yaml";

 private:
  // One for the program: a full sync takes seconds.
  static const std::filesystem::path& demo_file() {
    static const TemporaryDirectory kFolder;
    static const std::filesystem::path kFile = [] {
      const auto file = kFolder.path() / "demo.db";
      const auto config = kFolder.path() / "demo.yaml";
      const std::string replies = std::string("\"file://") + NBASYNC_DEMO_SEASON + "\"";
      std::ofstream(config) << "season: 2025-26\nupstream: {stats_url: " << replies
                            << ", cdn_url: " << replies << ", min_interval: 0s}\n";
      Process once(
          {NBASYNCD, "--config", config.string(), "--database", file.string(), "--once", "full"});
      EXPECT_EQ(once.wait(), 0) << once.err();
      return file;
    }();
    return kFile;
  }
};

}  // namespace nbasync::testing
