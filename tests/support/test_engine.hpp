#pragma once

#include <memory>
#include <string>

#include "db/database.hpp"
#include "db/database_options.hpp"
#include "db/sync_lock.hpp"
#include "support/temporary_directory.hpp"

// The engine that a test asks: a file, or with NBASYNC_TEST_ENGINE=postgres in the environment a
// PostgreSQL of the program's own. What uses this and nothing of SQLite's own can ask either.
namespace nbasync::testing {

bool asks_postgres();

// The database at a place: see NewPlace. The options are those of a file.
class TestDatabase final : public Database {
 public:
  explicit TestDatabase(const std::string& place, const DatabaseOptions& options = {});

  using Database::connect_writer;
  std::unique_ptr<Connection> connect_writer(
      std::optional<std::chrono::milliseconds> busy_timeout) const override {
    return database_->connect_writer(busy_timeout);
  }
  std::unique_ptr<Connection> connect_reader() const override {
    return database_->connect_reader();
  }
  using Database::prepare;
  void prepare(Prepare prepare, const Look& look) override {
    database_->prepare(std::move(prepare), look);
  }
  void observe(std::function<void(const std::string&)> observer) override {
    database_->observe(std::move(observer));
  }
  const std::string& name() const override { return database_->name(); }
  std::optional<ContentVersion> version() const override { return database_->version(); }
  void check(const std::stop_token& stop) const override { database_->check(stop); }
  std::optional<Error> damage() const override { return database_->damage(); }

 private:
  std::unique_ptr<Database> database_;
};

// Its lock.
class TestLock final : public SyncLock {
 public:
  explicit TestLock(const std::string& place);

  bool try_lock(const std::string& program, SystemTime now) override {
    return lock_->try_lock(program, now);
  }
  void note_run(const std::string& run_id, const std::string& sync_type,
                SystemTime started) noexcept override {
    lock_->note_run(run_id, sync_type, started);
  }
  std::optional<LockHolder> holder() const override { return lock_->holder(); }
  std::string held_sentence() const override { return lock_->held_sentence(); }

 private:
  std::unique_ptr<SyncLock> lock_;
};

// For a look from outside, beside who owns the database.
std::unique_ptr<Connection> look_at(const std::string& place);

// Changes it from outside, by one statement or more.
void execute(const std::string& place, const std::string& sql);

// The first column of each row, with commas between.
std::string first_column(Connection& connection, const std::string& query);

// Where a new, empty database is: a file, or a schema. Throws std::runtime_error where the
// PostgreSQL that is asked for is not installed.
class NewPlace {
 public:
  NewPlace();

  const std::string& name() const { return name_; }

  // As the daemon's configuration has it. Who takes over from a killed daemon waits for its lease.
  std::string configuration() const;

  // A folder of the test's own, where the file is.
  const TemporaryDirectory& directory() const { return directory_; }

 private:
  TemporaryDirectory directory_;
  std::string name_;
};

}  // namespace nbasync::testing
