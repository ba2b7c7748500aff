#include "db/file_connection.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"

namespace nbasync {

// While a call works; calls within it are part of it.
class FileConnection::Working {
 public:
  Working(FileConnection& connection, const std::stop_token& stop, bool opens = true)
      : connection_(connection) {
    if (connection_.depth_ == 0) begin(stop, opens);
    ++connection_.depth_;
  }
  ~Working() { --connection_.depth_; }
  Working(const Working&) = delete;
  Working& operator=(const Working&) = delete;

  SqliteConnection* operator->() const { return connection_.own_.get(); }

 private:
  void begin(const std::stop_token& stop, bool opens) {
    auto& file = *connection_.file_;
    file_.emplace(file, connection_.use_, stop);
    const auto known = std::exchange(connection_.generation_, file.generation());
    if (known != 0 && known != file.generation() && connection_.use_ == FileUse::kWrite) {
      throw Error(Errc::kStorageReplaced, file.change());
    }
    if (!opens) return;
    if (connection_.use_ == FileUse::kWrite) file.require_whole(stop);
    if (!connection_.own_) connection_.open();
  }

  FileConnection& connection_;
  std::optional<DatabaseFile::Working> file_;  // of the outermost
};

FileConnection::FileConnection(std::shared_ptr<DatabaseFile> file, FileUse use,
                               std::optional<std::chrono::milliseconds> busy_timeout)
    : file_(std::move(file)),
      use_(use),
      busy_timeout_(busy_timeout.value_or(use == FileUse::kWrite
                                              ? file_->options().busy_timeout
                                              : file_->options().reader_busy_timeout)) {
  file_->add(*this);
  try {
    const Working opens(*this, {}, use == FileUse::kRead);
  } catch (...) {
    file_->remove(*this);
    throw;
  }
}

FileConnection::~FileConnection() { file_->remove(*this); }

void FileConnection::open() {
  SqliteConnection::Options options;
  options.use = use_;
  options.busy_timeout = busy_timeout_;
  options.synchronous_full = file_->options().synchronous_full;
  options.check = [file = file_.get()] {
    file->logged();
    file->require_same();
  };
  options.given_up = &file_->is_wanted();
  own_ = std::make_unique<SqliteConnection>(file_->real_path(), std::move(options));
}

void FileConnection::close(bool log_too) noexcept {
  if (!own_) return;
  if (!log_too) {
    own_->leave_log();
  } else if (use_ == FileUse::kWrite) {
    try {
      own_->checkpoint();
    } catch (...) {  // NOLINT(bugprone-empty-catch): a file that is gone; its log goes with it
    }
  }
  own_.reset();
}

std::int64_t FileConnection::run(std::string_view sql, std::span<const Value> values,
                                 const std::stop_token& stop) {
  const Working own(*this, stop);
  return own->run(sql, values, stop);
}

void FileConnection::each(std::string_view sql, std::span<const Value> values,
                          const std::function<void(Row)>& row, const std::stop_token& stop) {
  const Working own(*this, stop);
  own->each(sql, values, row, stop);
}

std::vector<StoredColumn> FileConnection::columns_of(std::string_view table,
                                                     const std::stop_token& stop) {
  const Working own(*this, stop);
  return own->columns_of(table, stop);
}

std::vector<std::string> FileConnection::tables(const std::stop_token& stop) {
  const Working own(*this, stop);
  return own->tables(stop);
}

void FileConnection::transaction(const std::function<void()>& work, const std::stop_token& stop) {
  const Working own(*this, stop);
  own->transaction(work, stop);
}

void FileConnection::rehearse(const std::function<void()>& work, const std::stop_token& stop) {
  const Working own(*this, stop);
  own->rehearse(work, stop);
}

void FileConnection::change(const std::function<Batch()>& difference, const std::stop_token& stop) {
  const Working own(*this, stop);
  own->change(difference, stop);
}

void FileConnection::take_file(const std::stop_token& stop) {
  generation_ = 0;
  const Working own(*this, stop);
}

std::int64_t FileConnection::checkpoint() {
  const Working own(*this, {});
  const auto left = own->checkpoint();
  if (left == 0) file_->log_is_empty();
  return left;
}

void FileConnection::release_memory() noexcept {
  try {
    const Working own(*this, {});
    own->release_memory();
  } catch (...) {  // NOLINT(bugprone-empty-catch): what is closed has nothing cached
  }
}

}  // namespace nbasync
