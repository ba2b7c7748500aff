#include "db/file_check.hpp"

namespace nbasync {

void FileCheck::renew(bool is_whole) {
  const std::lock_guard lock(mutex_);
  is_whole_ = is_whole;
  damage_.reset();
}

void FileCheck::require(const Read& read, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait(lock, stop, [this] { return !reading_; })) {
    throw Error(Errc::kCancelled, "database: cancelled");
  }
  if (damage_) throw Error(*damage_);
  if (is_whole_) return;
  reading_ = true;
  lock.unlock();
  const auto ended = [&] {
    lock.lock();
    reading_ = false;
    changed_.notify_all();
  };
  try {
    read(stop);
  } catch (const Damage& damage) {
    ended();
    damage_ = damage;
    throw;
  } catch (...) {
    ended();
    throw;
  }
  ended();
  is_whole_ = true;
}

bool FileCheck::is_whole() const {
  const std::lock_guard lock(mutex_);
  return is_whole_;
}

std::optional<Error> FileCheck::damage() const {
  const std::lock_guard lock(mutex_);
  return damage_;
}

}  // namespace nbasync
