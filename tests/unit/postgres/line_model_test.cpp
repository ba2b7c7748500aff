#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <deque>
#include <random>
#include <set>
#include <thread>

#include "line_fixture.hpp"

namespace nbasync::line_model_test {
namespace {

using line::Entry;
using ::testing::UnorderedElementsAreArray;

constexpr std::array kTypes{"teams", "schedule", "game_logs", "full"};

// What is compared of a job.
std::string describe(const SyncJob& job) {
  const SyncRequest& request = job.request;
  return format("{} {} {} {} {}", job.run_id, request.sync_type, request.dry_run,
                request.steps.size(), request.requester);
}

std::vector<std::string> describe(const SyncQueue& queue) {
  std::vector<std::string> all{queue.holder() == nullptr ? "free" : describe(*queue.holder())};
  for (const auto& job : queue.waiting()) all.push_back(describe(job));
  return all;
}

class LineModelTest : public testing::LineFixture, public ::testing::WithParamInterface<unsigned> {
 protected:
  SyncJob any(const std::string& id) {
    constexpr std::array kIfBusy{IfBusy::kQueue, IfBusy::kFail, IfBusy::kJoin};
    auto made = job(id, kTypes[below(kTypes.size())], kIfBusy[below(kIfBusy.size())]);
    made.request.dry_run = below(4) == 0;
    if (made.request.sync_type == std::string("full") && below(2) == 0) {
      made.request.steps = {"teams"};
    }
    made.request.requester = "by " + id;
    return made;
  }
  // As SyncQueue would be if a new holder put its job back.
  static SyncQueue taken_over(const SyncQueue& queue, std::size_t limit, bool is_tried_again) {
    auto waiting = queue.waiting();
    if (queue.holder() != nullptr && is_tried_again) waiting.push_front(*queue.holder());
    return {limit, std::nullopt, std::move(waiting)};
  }
  unsigned below(std::size_t n) { return static_cast<unsigned>(random_() % n); }

  std::minstd_rand random_{GetParam()};
};

TEST_P(LineModelTest, AgreesWithSyncQueueOverRandomOperations) {
  options_.limit = 1 + below(4);
  SyncQueue queue(options_.limit);
  std::int64_t epoch = 1;
  std::int64_t admitted = 0;
  for (unsigned step = 0; step < 600; ++step) {
    SCOPED_TRACE(step);
    const std::string id = std::to_string(step);
    switch (below(8)) {
      case 0:
      case 1:
      case 2: {
        const auto asked = any(id);
        const auto admission = queue.join(asked);
        ASSERT_EQ(join(asked), words(admission));
        if (!admission.refusal && admission.run_id == id) ++admitted;
        break;
      }
      case 3: {
        const auto* next = queue.acquire({});
        if (next != nullptr) start(next->run_id, epoch);
        break;
      }
      case 4:
        if (queue.holder() != nullptr) end(queue.release().run_id);
        break;
      case 5: {
        const std::string victim = std::to_string(step - std::min(step, below(20)));
        const auto found = line::find(*connection_, victim, {});
        ASSERT_EQ(leave(victim), found && found->state != Entry::State::kEnded);
        queue.leave(victim);
        break;
      }
      case 6:  // the holder lets those go who want to
        for (const auto& entry : view().entries) {
          if (entry.state == Entry::State::kWaiting && !entry.leave.empty()) {
            end(entry.job.run_id, RunStatus::kCancelled);
          }
        }
        break;
      default: {
        if (below(4) != 0) break;
        bool is_tried_again = false;
        if (queue.holder() != nullptr) {
          const Entry held = entry(queue.holder()->run_id);
          // Who was asked to leave does so when it is put back.
          is_tried_again = held.attempts < line::kMostAttempts && held.leave.empty();
        }
        put_back(++epoch);
        queue = taken_over(queue, options_.limit, is_tried_again);
      }
    }
    const auto seen = view();
    ASSERT_EQ(describe(line::queue_of(seen, options_.limit)), describe(queue));
    ASSERT_TRUE(std::ranges::is_sorted(seen.entries, {}, &Entry::ticket));
  }
  EXPECT_EQ(ask(*connection_, "SELECT count(*), max(ticket) FROM nbasync_requests"),
            (Table{{std::to_string(admitted), std::to_string(admitted)}}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, LineModelTest, ::testing::Range(1U, 6U));

class LineThreadsTest : public testing::LineFixture {
 protected:
  static constexpr int kThreads = 8;

  void SetUp() override {
    LineFixture::SetUp();
    if (IsSkipped()) return;
    own_.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) {
      own_.push_back(connect());
      run(own_.back(), "SELECT 1");
    }
  }
  // Each on a thread and a connection of its own, all at once.
  void at_once(const std::function<void(int, Connection&)>& work) {
    std::barrier begin(kThreads);
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        begin.arrive_and_wait();
        try {
          work(i, own_.at(static_cast<std::size_t>(i)));
        } catch (const Error& error) {
          ADD_FAILURE() << error.what();
        }
      });
    }
  }

 private:
  std::vector<PostgresConnection> own_;
};

// Whoever looks sees the first so many tickets, and none is missing: so they are committed in
// order.
TEST_F(LineThreadsTest, TicketsHaveNoHolesAndAreCommittedInOrder) {
  constexpr int kEach = 25;
  options_.limit = 1'000;
  std::array<std::vector<std::string>, kThreads> answers;
  std::atomic<bool> over = false;
  std::jthread looker([&] {
    auto own = connect();
    while (!over) {
      std::int64_t last = 0;
      for (const auto& entry : line::read(own, {}).entries) EXPECT_EQ(entry.ticket, ++last);
    }
  });
  at_once([&](int thread, Connection& own) {
    for (int i = 0; i < kEach; ++i) {
      const auto id = format("{}-{}", thread, i);
      answers.at(static_cast<std::size_t>(thread)).push_back(join(own, job(id, "type " + id)));
    }
  });
  over = true;
  looker.join();
  std::vector<std::string> answered;
  for (const auto& some : answers) std::ranges::copy(some, std::back_inserter(answered));
  std::vector<std::string> expected;
  std::array<int, kThreads> next{};
  for (const auto& entry : view().entries) {
    expected.push_back((expected.empty() ? "started " : "queued ") + entry.job.run_id);
    // Who was answered is before what he asks next.
    const auto thread = static_cast<std::size_t>(entry.job.run_id.front() - '0');
    EXPECT_EQ(entry.job.run_id, format("{}-{}", thread, next.at(thread)++));
  }
  EXPECT_EQ(expected.size(), std::size_t{kThreads} * kEach);
  EXPECT_THAT(answered, UnorderedElementsAreArray(expected));
  EXPECT_EQ(view().version, kThreads * kEach);
}

TEST_F(LineThreadsTest, TheLimitAndTwinsHoldAlsoWhenAllAskAtOnce) {
  options_.limit = 3;
  for (int round = 0; round < 20; ++round) {
    at_once([&](int thread, Connection& own) {
      join(own, job(format("{}-{}", round, thread), format("type {}", thread % 4)));
    });
    const auto seen = view().entries;
    EXPECT_EQ(seen.size(), 3U);
    std::set<std::string> types;
    for (const auto& entry : seen) {
      EXPECT_TRUE(types.insert(entry.job.request.sync_type).second);
      end(entry.job.run_id);
    }
  }
}

// The line is locked before an entry, by all: else the holder, who has the line and wants the
// entry, and who leaves, who has the entry and wants the line, would wait for each other.
TEST_F(LineThreadsTest, WhoLeavesWaitsForTheHolderAndHeForNobody) {
  join(job("a"));
  join(job("b", "players"));
  std::jthread leaver;
  bool has_left = false;
  connection_->transaction(
      [&] {
        line::started(*connection_, "a", 1, {});
        leaver = std::jthread([&] {
          auto own = connect();
          try {
            has_left = line::leave(own, "b", "cancelled", true, {});
          } catch (const Error& error) {
            ADD_FAILURE() << error.what();
          }
        });
        auto looker = connect();
        ASSERT_TRUE(comes(
            looker, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'", "1"));
        RunRecord run;
        run.run_id = "b";
        run.status = RunStatus::kTimeout;
        line::ended(*connection_, run, {}, {});
      },
      {});
  leaver.join();
  EXPECT_FALSE(has_left) << "it had ended by then";
  EXPECT_EQ(entry("b").leave, "");
}

TEST_F(LineThreadsTest, NobodyWaitsForEachOther) {
  options_.limit = 1'000;
  at_once([&](int thread, Connection& own) {
    for (int i = 0; i < 40; ++i) {
      const auto id = format("{}", i);
      if (thread % 2 == 0) {
        join(own, job(id, "type " + id));
        line::leave(own, id, "cancelled", true, {});
      } else {
        RunRecord run;
        run.run_id = id;
        run.status = RunStatus::kCancelled;
        own.write(
            [&] {
              line::started(own, id, 1, {});
              line::ended(own, run, {}, {});
              if (i > 0) line::started(own, std::to_string(i - 1), 1, {});
            },
            {});
      }
    }
  });
}

}  // namespace
}  // namespace nbasync::line_model_test
