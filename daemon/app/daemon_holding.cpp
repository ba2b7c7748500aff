#include <utility>

#include "app/daemon.hpp"
#include "base/text.hpp"
#include "config/postgres_of.hpp"
#include "log/log.hpp"

// How a daemon comes to the lock, and loses it again where several share the database.
namespace nbasync {
namespace {

constexpr const char* kFile = "database.path";
constexpr const char* kServer = "database.url";

}  // namespace

// With others: whoever has the lock syncs, each serves.
void Daemon::share(const Config& config) {
  database_.lock().on_lost([this](const std::string& why) {
    loop_.post([this, why] {
      log::error("the lock is lost: {}", why);
      let_go();
    });
  });
  open(config);
  cluster_.emplace(
      ClusterFront::Parts{threads_.threads().line, wheel_, clock_, database_.database(), *readers_,
                          database_.self(), config.cluster.poll, rings(config.database)},
      config.sync);
  cluster_->describe([this](protocol::Status& status) { describe(status); });
  cluster_->on_look([this] { looked(); });
  cluster_->on_sight([this](const auto& why) { problems_.told(kServer, why); });
  cluster_->on_name_lost([this](const std::string& who) { give_way(who); });
  auto& database = database_.database();
  auto& lease = *database_.lease();
  lease_watch_.emplace(wheel_, clock_, lease);
  candidacy_.emplace(wheel_, clock_, *cluster_, database, lease, [this](LastState left) {
    try {
      hold(config_, std::move(left));
    } catch (const Error& error) {
      log::error("the lock cannot be kept error={}", in_quotes(error.what()));
      let_go();
    }
  });
  const bool holds = Candidacy::try_at_start(database, lease, clock_, database_.self());
  const auto connection = database.connect_reader();
  cluster_->begin(look_around(*connection, {}));
  if (!holds) return;
  auto left = read_last_state(*connection, cluster_->season(), clock_.wall());
  close_open_rows(database, left);
  hold(config, std::move(left));
}

// Two of one name would take each other's words for their own. Under systemd it stays up, and tells
// so.
void Daemon::give_way(const std::string& who) {
  if (stopping_) return;
  log::error("{}", who);
  name_lost_ = who;
  shut_down();
}

void Daemon::describe(protocol::Status& status) const {
  status.configuration = reloader_.state();
  status.problems = problems_.list();
  status.hooks = hooks_.states();
}

ClusterMetrics::Figures Daemon::cluster_figures() {
  const auto& lease = *database_.lease();
  ClusterMetrics::Figures figures{cluster_->seen().epoch, {}, lease.takeovers(), lease.fenced()};
  if (held() != nullptr) figures.lease_age = lease.confirmed_ago();
  return figures;
}

// Who shares the database may let it go again, with all that is asked of it.
void Daemon::hold(const Config& config, LastState left) {
  if (cluster_) {
    held_readers_.emplace(threads_.threads().readers, database_.database(),
                          static_cast<std::size_t>(config.database.readers));
  }
  holding_.emplace(config,
                   Engine::Parts{threads_.threads(), wheel_, clock_, database_.database(),
                                 database_.lock(), held_readers_ ? *held_readers_ : *readers_,
                                 hosts_, cluster_ ? &*cluster_ : nullptr},
                   std::move(left));
  if (cluster_) {
    cluster_->hold(holding_->service(), database_.lease()->epoch(),
                   [this] { return holding_->scheduler().explain_all(); });
    log::info("the lock is taken epoch={}", database_.lease()->epoch());
    begins_ = control_.has_value();  // who starts has seen nothing that is out of date
    if (!database_.lease()->is_held()) loop_.post([this] { let_go(); });  // lost before it began
    lease_watch_->look();
  }
  if (!cluster_) {
    holding_->service().describe([this](protocol::Status& status) { describe(status); });
  }
  holding_->engine().observe_damage(told_of(kFile));
  // Of several daemons, who has done a run tells of it.
  holding_->engine().observe_changes([this](const DataChange& change) { hooks_.changed(change); });
  holding_->service().observe([this](const SyncEvent& event) {
    if (event.kind == SyncEvent::Kind::kFinished) hooks_.finished(*event.run);
  });
  holding_->decisions().observe([this](const Decision& decision) {
    if (control_) control_->metrics().decided(decision);
  });
  holding_->scheduler().observe_paused([this] {
    for (const auto& observer : paused_observers_) observer();
  });
  holding_->backfill().observe(
      [this](std::uint32_t done, std::uint32_t of, const std::string& season) {
        for (const auto& observer : backfill_observers_) observer(done, of, season);
      });
}

// Another has the lock: what is under way is broken off, none of it could be written any more. This
// one serves on, and is a candidate again.
void Daemon::let_go() {
  if (stopping_ || letting_go_) return;
  letting_go_ = true;
  lease_watch_->stop();
  cluster_->release();
  const auto gone = [this] {
    holding_.reset();
    held_readers_.reset();
    letting_go_ = false;
    if (stopping_) return drained();
    manager_.changed();
    cluster_->ask_line(
        [this](Connection&, const std::stop_token&) {
          database_.lease()->give_back();
          return true;
        },
        [this](const Result<bool>&) {
          if (!stopping_) candidacy_->begin();
        });
  };
  if (!holding_) return loop_.post(gone);
  holding_->shut_down([this, gone] { loop_.post(gone); });  // what it has posted comes first
}

// What another holder has told, or somebody wishes of this one.
void Daemon::looked() {
  if (cluster_->seen().holder.empty()) candidacy_->try_now();
  begin_holding();
  do_wish();
  if (std::exchange(was_paused_, doors_.paused()) == doors_.paused()) return;
  for (const auto& observer : paused_observers_) observer();
}

// What is in line is known by now.
void Daemon::begin_holding() {
  if (!holding_ || letting_go_ || !std::exchange(begins_, false)) return;
  try {
    holding_->begin(config_);
  } catch (const Error& error) {
    log::error("the lock cannot be kept error={}", in_quotes(error.what()));
    let_go();
  }
}

// Once; it is taken away when it is in the database that it is done.
void Daemon::do_wish() {
  const auto text = cluster_->seen().wish;
  if (held() == nullptr || text.empty()) return;
  const auto wish = pause_wish_in(text);
  if (std::exchange(wish_done_, text) != text) {
    set_paused(wish.paused, wish.by);
  } else if (cluster_->seen().paused == wish.paused) {
    cluster_->ask_line(
        [text](Connection& connection, const std::stop_token& stop) {
          connection.write([&] { take_wish_away(connection, text, stop); }, stop);
          return true;
        },
        [](const auto&) {});
  }
}

}  // namespace nbasync
