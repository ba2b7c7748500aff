#include "db/file_gate.hpp"

#include "base/error.hpp"

namespace nbasync {
namespace {

[[noreturn]] void cancelled() { throw Error(Errc::kCancelled, "database: cancelled"); }

}  // namespace

void FileGate::enter(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait(lock, stop, [this] { return !alone_; })) cancelled();
  ++inside_;
}

void FileGate::leave() noexcept {
  const std::lock_guard lock(mutex_);
  --inside_;
  changed_.notify_all();
}

FileGate::Alone::Alone(FileGate& gate, const std::stop_token& stop) : gate_(gate) {
  std::unique_lock lock(gate_.mutex_);
  if (!gate_.changed_.wait(lock, stop, [this] { return !gate_.alone_; })) cancelled();
  gate_.alone_ = true;
  gate_.wanted_ = true;
  const bool has_it = gate_.changed_.wait(lock, stop, [this] { return gate_.inside_ == 0; });
  gate_.wanted_ = false;
  if (has_it) return;
  gate_.alone_ = false;
  gate_.changed_.notify_all();
  cancelled();
}

FileGate::Alone::~Alone() {
  const std::lock_guard lock(gate_.mutex_);
  gate_.alone_ = false;
  gate_.changed_.notify_all();
}

}  // namespace nbasync
