#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "sync/sync_queue.hpp"

namespace nbasync {
namespace {

// The queue as one would describe it in a sentence a rule: a vector whose first element may hold
// the lock.
class Model {
 public:
  explicit Model(std::size_t limit) : limit_(limit) {}

  std::string join(const std::string& id, const std::string& type, IfBusy if_busy) {
    const bool busy = !line_.empty();
    if (busy && if_busy == IfBusy::kFail) return "in progress";
    for (std::size_t i = 0; i < line_.size(); ++i) {
      const bool runs = i == 0 && held_;
      if (line_[i].type == type && (!runs || if_busy == IfBusy::kJoin)) {
        return "joined " + line_[i].id;
      }
    }
    if (busy && line_.size() - (held_ ? 1 : 0) >= limit_) return "full";
    line_.push_back({id, type});
    return (busy ? "queued " : "started ") + id;
  }
  std::string acquire() {
    if (held_ || line_.empty()) return {};
    held_ = true;
    return line_.front().id;
  }
  bool held() const { return held_; }
  std::string release() {
    held_ = false;
    const std::string id = line_.front().id;
    line_.erase(line_.begin());
    return id;
  }
  bool leave(const std::string& id) {
    for (std::size_t i = held_ ? 1 : 0; i < line_.size(); ++i) {
      if (line_[i].id == id) {
        line_.erase(line_.begin() + static_cast<std::ptrdiff_t>(i));
        return true;
      }
    }
    return false;
  }
  std::vector<std::string> waiting() const {
    std::vector<std::string> ids;
    for (std::size_t i = held_ ? 1 : 0; i < line_.size(); ++i) ids.push_back(line_[i].id);
    return ids;
  }

 private:
  struct Entry {
    std::string id;
    std::string type;
  };
  std::size_t limit_;
  bool held_ = false;
  std::vector<Entry> line_;
};

std::string describe(const Admission& admission) {
  if (admission.refusal) {
    return admission.refusal->code == Errc::kQueueFull ? "full" : "in progress";
  }
  const char* word = admission.disposition == Disposition::kStarted  ? "started "
                     : admission.disposition == Disposition::kQueued ? "queued "
                                                                     : "joined ";
  return word + admission.run_id;
}

class SyncQueueModelTest : public ::testing::TestWithParam<unsigned> {};

TEST_P(SyncQueueModelTest, AgreesWithTheModelOverRandomOperations) {
  std::minstd_rand random(GetParam());
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  constexpr std::array kTypes{"teams", "schedule", "game_logs", "full"};
  constexpr std::array kIfBusy{IfBusy::kQueue, IfBusy::kFail, IfBusy::kJoin};
  const std::size_t limit = 1 + below(4);
  SyncQueue queue(limit);
  Model model(limit);
  for (unsigned step = 0; step < 5000; ++step) {
    SCOPED_TRACE(step);
    const std::string id = std::to_string(step);
    switch (below(4)) {
      case 0: {
        SyncJob job;
        job.run_id = id;
        job.request.sync_type = kTypes[below(kTypes.size())];
        job.request.if_busy = kIfBusy[below(kIfBusy.size())];
        const auto expected = model.join(id, job.request.sync_type, *job.request.if_busy);
        ASSERT_EQ(describe(queue.join(job)), expected);
        break;
      }
      case 1: {
        const auto* job = queue.acquire({});
        ASSERT_EQ(job == nullptr ? std::string() : job->run_id, model.acquire());
        break;
      }
      case 2:
        if (model.held()) {
          ASSERT_EQ(queue.release().run_id, model.release());
        }
        break;
      default: {
        const std::string victim = std::to_string(step - std::min(step, below(20)));
        ASSERT_EQ(queue.leave(victim).has_value(), model.leave(victim));
      }
    }
    std::vector<std::string> waiting;
    for (const auto& job : queue.waiting()) waiting.push_back(job.run_id);
    ASSERT_EQ(waiting, model.waiting());
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SyncQueueModelTest, ::testing::Range(1U, 21U));

}  // namespace
}  // namespace nbasync
