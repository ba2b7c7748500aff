#include "db/content_version.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/file_identity.hpp"

namespace nbasync {
namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;

std::optional<ContentVersion> look_at(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  ContentVersion version;
  version.device = status.st_dev;
  version.inode = status.st_ino;
  version.bytes = static_cast<std::uint64_t>(status.st_size);
  version.changed = status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec;
  return version;
}

}  // namespace

void ContentWatch::watch(const std::string& path, const std::string& real_path) {
  const std::lock_guard lock(mutex_);
  path_ = path;
  log_index_path_ = real_path + "-shm";
  log_index_.reset();
  opened_ = look_at(real_path);
}

void ContentWatch::stop() {
  const std::lock_guard lock(mutex_);
  opened_.reset();
  log_index_.reset();
}

std::optional<ContentVersion> ContentWatch::version() const {
  const std::lock_guard lock(mutex_);
  if (!opened_) return std::nullopt;
  auto version = look_at(path_);
  const bool is_same =
      version && version->device == opened_->device && version->inode == opened_->inode;
  // The index is there as soon as somebody has read.
  if (!log_index_) log_index_.reset(::open(log_index_path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!is_same || !log_index_) return std::nullopt;
  const auto index = identity_of(log_index_path_);
  const auto known = identity_of(log_index_.get());
  if (!index || !known || !index->is_same_file(*known)) return std::nullopt;  // it was removed
  const auto size = static_cast<ssize_t>(version->log.size());
  if (::pread(log_index_.get(), version->log.data(), version->log.size(), 0) != size)
    return std::nullopt;
  return version;
}

}  // namespace nbasync
