#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/executor.hpp"
#include "cluster/announcer.hpp"
#include "cluster/feed_watch.hpp"
#include "cluster/holder_word.hpp"
#include "cluster/look.hpp"
#include "db/read_pool.hpp"
#include "sync/run_history.hpp"
#include "sync/run_listeners.hpp"
#include "sync/service_options.hpp"
#include "sync/shared_line.hpp"
#include "sync/sync_front.hpp"
#include "sync/sync_service.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// What the front doors ask where several daemons share a PostgreSQL, whether this one has the lock
// or another. A request goes into the line that they share; whoever has the lock carries it out;
// how it ended is seen by looking, again and again, and at once when somebody rings. Loop thread.
class ClusterFront final : public SyncFront, public SharedLine {
 public:
  struct Parts {
    Executor& executor;  // a thread of its own: what is asked of the line is done in order
    TimerWheel& wheel;
    const Clock& clock;
    const Database& database;
    ReadPool& readers;
    protocol::InstanceState self;  // this one, while it has not the lock
    Duration poll{1'000};          // from one look to the next
    bool rings = true;             // tells those who listen (NOTIFY nbasync) what it does
  };

  // All must outlive it.
  ClusterFront(Parts parts, ServiceOptions options);
  ~ClusterFront() override;

  // This one has the lock, as the holder of that epoch, until release(): what is first in line is
  // `service`'s to carry out. What the last holder left must have been put back.
  // `explain`: all schedules, for those who ask another daemon.
  using Explain = std::function<std::vector<protocol::Explanation>()>;
  void hold(SyncService& service, std::int64_t epoch, Explain explain);
  void release();

  // Runs `work(Connection&, const std::stop_token&)` where the line is asked, in turn.
  template <typename Work, typename Done>
  void ask_line(Work work, Done done) {
    desk_.ask(std::move(work), std::move(done));
  }

  bool rings() const { return parts_.rings; }

  // What was seen before anybody asks: the first look. In the constructor's turn.
  void begin(Look look) { saw(std::move(look)); }

  // Looks now, and from then on again and again.
  void look();

  // As it was seen last.
  const Look& seen() const { return seen_; }
  // What the holder told last.
  const HolderWord& told() const { return word_; }
  // For as long as it lives: after each look.
  void on_look(std::function<void()> looked) { looked_.push_back(std::move(looked)); }

  // Called after each look: why it failed, or nullopt.
  void on_sight(std::function<void(const std::optional<Error>&)> told) { sight_ = std::move(told); }

  // Called when another process has this one's name: who.
  void on_name_lost(std::function<void(const std::string& who)> told) {
    announcer_.on_name_lost(std::move(told));
  }

  // The season in force.
  std::string season() const;

  void set_options(ServiceOptions options);
  void describe(std::function<void(protocol::Status&)> describer);

  // Ends what is asked of the line. For the end of a broken process.
  void abandon() { desk_.stop(); }

  // Refuses new requests, and tells who waits here that it is over for this daemon. What is in the
  // line stays there, for the next holder. What is asked from then on is told that it is over.
  void shut_down();

  // SyncFront
  void sync(SyncRequest request, std::function<void(const Admission&)> admitted,
            std::function<void(const RunRecord&)> done) override;
  void await_run(const std::string& run_id, std::optional<Duration> timeout,
                 std::function<void(RunReply)> done) override;
  void find_run(const std::string& run_id, std::function<void(RunReply)> done) override;
  void list_runs(unsigned limit, RunFilter filter,
                 std::function<void(RunsReply)> done) const override;
  protocol::Status brief_status() const override;
  const std::deque<RunRecord>& recent() const override {
    return service_ != nullptr ? service_->recent() : history_.recent();
  }
  const SyncJob* current() const override;
  std::size_t queue_length() const override { return waiting().size(); }
  const RunHistory::Times& last_success() const override;
  const std::map<Errc, std::uint64_t>& refusals() const override { return refusals_; }
  void observe(std::function<void(const SyncEvent&)> observer) override;

  void cancel(const std::string& run_id, std::function<void(const Result<bool>&)> done) override;

  // SharedLine
  bool cancel(const std::string& run_id) override;
  void ask(SyncRequest request, std::function<void(const Admission&)> admitted,
           std::function<void(const RunRecord&)> done) override;
  const SyncJob* find_twin(SyncRequest request) const override;
  void note(Connection& connection, const RunRecord& run, const std::stop_token& stop) override;

 private:
  struct Asked {
    Admission admission;
    Look look;
  };

  void line_up(SyncRequest request, std::int64_t holding,
               std::function<void(const Admission&)> admitted,
               std::function<void(const RunRecord&)> done);
  Admission admit(const SyncRequest& request, Admission admission,
                  std::function<void(const RunRecord&)> done);
  Admission refuse(const SyncRequest& request, Refusal refusal);
  void tell_asked(const SyncRequest& request, const Admission& admission) const;
  RunListeners& listeners_of(const std::string& run_id);
  void wait_over(const std::string& run_id, std::optional<RunListeners::Done> left);
  void saw(Look look);
  void serve();
  void leave(const std::string& run_id, std::function<void(const Result<bool>&)> done);
  bool ends_waiting(const line::Entry& entry);
  void carry_out_first();
  void tell_of_line();
  void tell_of_end(const std::string& run_id);
  void ended(const std::shared_ptr<const RunRecord>& run);
  void tell_listeners(const std::shared_ptr<const RunRecord>& run);
  void give_up_without_holder();
  void read_history();
  Duration pause() const;
  bool goes_on(const RunRecord& run) const;
  void from_service(const SyncEvent& event);
  void notify(SyncEvent event);
  const line::Entry* entry_of(const std::string& run_id) const;
  bool is_current(const std::string& run_id) const;
  bool ended_here(const line::Entry& entry) const;
  std::vector<const line::Entry*> waiting() const;

  Parts parts_;
  ServiceOptions options_;
  SystemTime started_at_;
  ReadPool desk_;  // one connection
  Timer next_look_;
  bool looking_ = false;
  bool look_again_ = false;
  bool blind_ = false;                 // the last look failed
  std::optional<SteadyTime> seen_at_;  // the last one that did not
  Look seen_;
  HolderWord word_;
  Announcer announcer_;

  SyncService* service_ = nullptr;         // while this one has the lock
  std::atomic<std::int64_t> epoch_ = 0;    // the log writer reads it
  std::optional<SteadyTime> rests_until_;  // the last run could not be written
  std::set<std::string> handled_;  // in this holding: begun, or ended without; while they are seen

  std::map<std::string, std::unique_ptr<RunListeners>> listeners_;  // who waits here, by run id
  std::map<std::string, SyncEvent::Kind> news_;  // what was told of a run last: queued or started
  std::set<std::string> told_ends_;              // of those that were seen to have ended lately
  bool history_read_ = false;
  std::set<std::string> ending_;  // those whose end is being read
  FeedWatch feed_;
  RunHistory history_;
  std::map<Errc, std::uint64_t> refusals_;
  std::vector<std::function<void(const SyncEvent&)>> observers_;
  std::vector<std::function<void(protocol::Status&)>> describers_;
  std::vector<std::function<void()>> looked_;
  std::function<void(const std::optional<Error>&)> sight_;
  bool stopping_ = false;
};

}  // namespace nbasync
