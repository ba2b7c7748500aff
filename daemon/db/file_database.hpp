#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "db/database.hpp"
#include "db/database_file.hpp"
#include "db/database_options.hpp"

namespace nbasync {

// A file of SQLite's. Before a connection works, and before and after each commit, the file is
// compared with the one that its path leads to; if that is another one by now (replaced, restored,
// removed), all connections let go of the old file and work on the new one.
class FileDatabase final : public Database {
 public:
  // Makes the file if there is none, in WAL mode. One that is no database, has a schema that is
  // damaged or newer than ours, or more names (hard links) than one, is left byte for byte as it
  // is; so is one that turns out to be damaged later, before the first write, see check(). `lock`
  // is held, keeps the file that is open locked, and outlives all connections; without it nothing
  // is locked. Blocking. Throws Error.
  explicit FileDatabase(const std::filesystem::path& path, const DatabaseOptions& options = {},
                        LockFile* lock = nullptr);

  using Database::connect_writer;
  std::unique_ptr<Connection> connect_writer(
      std::optional<std::chrono::milliseconds> busy_timeout) const override;
  std::unique_ptr<Connection> connect_reader() const override;
  using Database::prepare;
  void prepare(Prepare prepare, const Look& look) override;
  void observe(std::function<void(const std::string&)> observer) override;
  const std::string& name() const override;
  void check(const std::stop_token& stop) const override { file_->check(stop); }
  std::optional<Error> damage() const override { return file_->damage(); }
  std::optional<ContentVersion> version() const override { return file_->version(); }

 private:
  std::shared_ptr<DatabaseFile> file_;  // its connections have it, too
};

}  // namespace nbasync
