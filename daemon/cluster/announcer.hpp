#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "db/read_pool.hpp"
#include "protocol/status.hpp"

namespace nbasync {

// Tells the other daemons that this one is there, and as the holder how things are. Loop thread.
class Announcer {
 public:
  // All must outlive it. `self`: while it is not the holder.
  Announcer(ReadPool& desk, const Clock& clock, protocol::InstanceState self);

  // Called when another process has this one's name: who, as a sentence.
  void on_name_lost(std::function<void(const std::string& who)> told) {
    name_lost_ = std::move(told);
  }

  // As the holder of that epoch, until release(). `word`: what it tells.
  void hold(std::int64_t epoch, std::function<std::string()> word);
  void release();

  // What was not told yet. To be called again and again.
  void tell();

 private:
  ReadPool& desk_;
  const Clock& clock_;
  protocol::InstanceState self_;
  std::function<void(const std::string&)> name_lost_ = [](const std::string&) {};
  std::int64_t epoch_ = 0;
  std::function<std::string()> word_;  // null: another has the lock
  std::string word_told_;
  std::optional<SteadyTime> told_of_self_;
  std::string role_told_;
};

}  // namespace nbasync
