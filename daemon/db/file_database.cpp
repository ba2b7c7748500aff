#include "db/file_database.hpp"

#include <utility>

#include "db/file_connection.hpp"

namespace nbasync {

FileDatabase::FileDatabase(const std::filesystem::path& path, const DatabaseOptions& options,
                           LockFile* lock)
    : file_(std::make_shared<DatabaseFile>(path.string(), options, lock)) {}

void FileDatabase::prepare(Prepare prepare, const Look& look) {
  file_->prepare(std::move(prepare), look);
}

void FileDatabase::observe(std::function<void(const std::string&)> observer) {
  file_->observe(std::move(observer));
}

std::unique_ptr<Connection> FileDatabase::connect_writer(
    std::optional<std::chrono::milliseconds> busy_timeout) const {
  return std::make_unique<FileConnection>(file_, FileUse::kWrite, busy_timeout);
}

std::unique_ptr<Connection> FileDatabase::connect_reader() const {
  return std::make_unique<FileConnection>(file_, FileUse::kRead, std::nullopt);
}

const std::string& FileDatabase::name() const { return file_->path(); }

}  // namespace nbasync
