#include "app/copy_run.hpp"

#include <filesystem>
#include <utility>

#include "base/async.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "cluster/lease.hpp"
#include "config/postgres_of.hpp"
#include "copy/database_copy.hpp"
#include "db/json_text.hpp"
#include "store/declared_tables.hpp"

namespace nbasync {
namespace {

Config with_url(Config config, const std::optional<std::string>& url) {
  config.database.url = url;
  return config;
}

PostgresConnection::Options options_of(const DatabaseConfig& config) {
  PostgresConnection::Options options;
  options.statement_timeout = config.statement_timeout;
  return options;
}

std::string text_of(const CopyReport& report) {
  std::string text = format("{:<24}{:>10}\n", "TABLE", "ROWS");
  for (const auto& each : report.tables) {
    text += format("{:<24}{:>10}\n", each.table, each.rows);
  }
  for (const auto& each : report.tables) {
    if (each.other_texts == 0) continue;
    text += format("copied with U+FFFD for NUL and what is no UTF-8: {} cell{} of table {}\n",
                   each.other_texts, each.other_texts == 1 ? "" : "s", each.table);
  }
  for (const auto& each : report.left) text += format("not copied, not ours: {}\n", each);
  return text;
}

}  // namespace

CopyRun::CopyRun(const Config& config, const std::string& url)
    : file_config_(with_url(config, std::nullopt)),
      server_config_(with_url(config, url)),
      server_(server_config_),
      connection_(postgres_address(server_config_.database), options_of(config.database)),
      signals_(loop_),
      worker_(loop_, "nbasync-copy", 1) {
  signals_.on_stop([this] { stop_.request_stop(); });
}

std::string CopyRun::copy(Direction direction) {
  loop_.post([this, direction] {
    async(
        worker_, [this, direction] { return copy_with_locks(direction); },
        [this](Result<CopyReport> result) {
          result_ = std::move(result);
          loop_.stop();
        });
  });
  loop_.run();
  if (stop_.stop_requested() && error_of(*result_) != nullptr) {
    throw Error(Errc::kInterrupted, "stopped while copying; nothing was copied");
  }
  return text_of(value_of(*result_)) + line_of(direction);
}

CopyReport CopyRun::copy_with_locks(Direction direction) {
  require_source(direction);
  file_.emplace(file_config_);
  take(file_->lock());
  take(server_.lock());
  DatabaseCopy copy(
      file_->open(), connection_, server_.name(), [this] { return server_.lease()->guard(); },
      stop_.get_token());
  return direction == Direction::kToServer ? copy.to_server() : copy.to_file();
}

// Before anything is made.
void CopyRun::require_source(Direction direction) {
  if (direction == Direction::kToServer) {
    const auto& path = file_config_.database.path;
    if (std::filesystem::exists(path)) return;
    throw Error(Errc::kStorage,
                format("database {}: there is no such file; name it with database.path or "
                       "--database",
                       path.string()));
  }
  const auto name = declared::meta_table().name;
  if (!connection_.columns_of(name, stop_.get_token()).empty()) return;
  throw Error(Errc::kStorage,
              format("database {}: has no table {}, so no daemon has used it; name the database, "
                     "and the schema, that one has",
                     server_.name(), name));
}

void CopyRun::take(SyncLock& lock) const {
  if (!lock.try_lock("copy", clock_.wall())) {
    throw Error(Errc::kSyncInProgress, lock.held_sentence());
  }
}

// YAML takes a text as JSON writes it.
std::string CopyRun::line_of(Direction direction) const {
  std::string line =
      "\nBoth sides were compared, cell by cell. From now on, in the configuration:\n";
  line += direction == Direction::kToServer ? "database: {url: " : "database: {path: ";
  append_json_string(line, direction == Direction::kToServer ? *server_config_.database.url
                                                             : file_config_.database.path.string());
  const auto& password = server_config_.database.password_file;
  if (direction == Direction::kToServer && password) {
    line += ", password_file: ";
    append_json_string(line, password->string());
  }
  return line + "}\n";
}

}  // namespace nbasync
