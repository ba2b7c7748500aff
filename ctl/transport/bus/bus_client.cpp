#include "ctl/transport/bus/bus_client.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/transport/bus/bus_error.hpp"
#include "ctl/transport/bus/bus_json.hpp"
#include "ctl/transport/bus/bus_proxy.hpp"
#include "model/sync_wish.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

constexpr auto kPasswordTime = std::chrono::minutes(2);  // for a person to type it

// The value of an option of a Sync; none for what is not said.
using Value = std::optional<sdbus::Variant>;
Value value_of(const std::string& text) {
  return text.empty() ? Value() : Value(sdbus::Variant(text));
}
Value value_of(bool flag) { return flag ? Value(sdbus::Variant(flag)) : Value(); }
Value value_of(const std::optional<bool>& flag) {
  return flag ? Value(sdbus::Variant(*flag)) : Value();
}
Value value_of(const std::optional<Duration>& duration) {
  return duration ? Value(sdbus::Variant(std::chrono::duration<double>(*duration).count()))
                  : Value();
}
template <Worded Enum>
Value value_of(const std::optional<Enum>& word) {
  return word ? Value(sdbus::Variant(std::string(to_string(*word)))) : Value();
}

// The client that talks to the bus. The bus is touched on the caller's thread only, without an
// event loop thread of the library's.
[[noreturn]] void socket_only(const char* what) {
  throw Error(Errc::kDaemonUnreachable,
              format("{} told over the control socket only, and this is the bus; is it there? see "
                     "control.socket in the daemon's configuration, and --socket",
                     what));
}

class BusClient final : public Client {
  // First, because the inline functions below need to know its result.
  template <typename Function>
  auto guarded(Function function) {
    try {
      return function();
    } catch (const sdbus::Error& error) {
      throw translated(error, bus_);
    }
  }

 public:
  explicit BusClient(Bus bus) : bus_(bus) {}

  Admission sync(const SyncWish& wish) override;
  Answer<Status> status() override {
    return guarded([&] { return answer_of<Status>(proxy().Status()); });
  }
  Answer<RunRecord> run(const std::string& run_id) override {
    return guarded([&] { return answer_of<RunRecord>(proxy().GetRun(run_id)); });
  }
  Answer<std::vector<RunRecord>> runs(const RunFilter& filter) override;
  void cancel(const std::string& run_id) override {
    guarded([&] { proxy().Cancel(run_id); });
  }
  std::string version() override {
    return guarded([&] { return proxy().Version(); });
  }
  void pause() override {
    guarded([&] { proxy().Pause(); });
  }
  void resume() override {
    guarded([&] { proxy().Resume(); });
  }
  void reload() override {
    guarded([&] { proxy().Reload(); });
  }
  Answer<BackfillBegun> backfill(const std::string& from, const std::string& to) override {
    return guarded([&] {
      const auto seasons = proxy().Backfill(from, to, Dict());
      return answer_of<BackfillBegun>(
          json{{"success", true}, {"seasons", seasons}, {"from", from}, {"to", to}});
    });
  }
  void stop_backfill() override {
    guarded([&] { proxy().StopBackfill(); });
  }
  Answer<Explanation> explain(const std::string& schedule) override {
    return guarded([&] { return answer_of<Explanation>(proxy().Explain(schedule)); });
  }
  Answer<std::vector<Game>> games(const std::optional<std::string>&) override {
    socket_only("games are");
  }
  Answer<std::vector<Standing>> standings(const std::optional<std::string>&) override {
    socket_only("standings are");
  }
  Answer<std::vector<Player>> players(const std::string&) override { socket_only("players are"); }
  Answer<std::vector<PlayerSeason>> player_seasons(std::int64_t) override {
    socket_only("players are");
  }
  Answer<std::vector<PlayerGame>> player_games(std::int64_t, unsigned) override {
    socket_only("players are");
  }
  Answer<Changes> changes(const ChangesQuestion& question) override;
  Answer<Diagnosis> doctor() override;
  Answer<std::vector<TableEntry>> schema(const std::string&) override {
    socket_only("what columns mean is");
  }
  void export_table(const ExportQuestion&, int, const Take&) override { socket_only("tables are"); }
  void snapshot(int, const Take&) override { socket_only("the database is"); }
  void listen() override {
    guarded([&] { proxy().subscribe(); });
  }
  std::optional<Answer<RunRecord>> follow(const Follow& how) override;

 private:
  BusProxy& proxy();
  void deliver(const Follow& how);
  bool stopped(int stop_fd, Duration at_most) const;

  Bus bus_;
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<BusProxy> proxy_;
};

BusProxy& BusClient::proxy() {
  if (!proxy_) {
    connection_ = bus_ == Bus::kSystem ? sdbus::createSystemBusConnection()
                                       : sdbus::createSessionBusConnection();
    proxy_ = std::make_unique<BusProxy>(*connection_);
  }
  return *proxy_;
}

Admission BusClient::sync(const SyncWish& wish) {
  Dict options;
  visit_options(wish, [&](const SyncOption& option, const auto& member) {
    if ((option.doors & kBusDoor) == 0) return;
    if (const auto value = value_of(member)) options[std::string(option.name)] = *value;
  });
  return guarded([&] {
    auto& daemon = proxy();
    if (wish.interactive) connection_->setMethodCallTimeout(kPasswordTime);
    auto [run_id, disposition] = daemon.Sync(wish.sync_type, options);
    return Admission{.run_id = std::move(run_id),
                     .disposition = read_word<Disposition>(disposition)};
  });
}

Answer<std::vector<RunRecord>> BusClient::runs(const RunFilter& filter) {
  Dict wanted;
  if (!filter.sync_type.empty()) wanted["type"] = sdbus::Variant(filter.sync_type);
  if (!filter.status.empty()) wanted["status"] = sdbus::Variant(filter.status);
  return guarded([&] {
    auto list = json::array();
    for (auto& run : proxy().ListRuns(filter.limit, wanted)) {
      protocol::add_absent<RunRecord>(run.value);
      list.push_back(std::move(run.value));
    }
    return answer_of<std::vector<RunRecord>>(std::move(list));
  });
}

// With the nulls that D-Bus leaves out, where it can be known that there were some.
void add_absent_cells(json& change) {
  for (const auto* side : {"before", "after"}) change.emplace(side, nullptr);
  if (change.value("change", "") != to_string(ChangeKind::kUpdate)) return;
  auto& before = change["before"];
  auto& after = change["after"];
  for (const auto& [column, cell] : before.items()) after.emplace(column, nullptr);
  for (const auto& [column, cell] : after.items()) before.emplace(column, nullptr);
}

Answer<Changes> BusClient::changes(const ChangesQuestion& question) {
  Dict filter;
  if (!question.since) filter["newest"] = sdbus::Variant(true);
  if (!question.table.empty()) filter["table"] = sdbus::Variant(question.table);
  if (question.corrections) filter["corrections"] = sdbus::Variant(true);
  return guarded([&] {
    const auto since = static_cast<std::uint64_t>(question.since.value_or(0));
    auto [rows, last_seq] = proxy().Changes(since, question.limit, filter);
    auto list = json::array();
    for (auto& row : rows) {
      add_absent_cells(row.value);
      list.push_back(std::move(row.value));
    }
    const bool more = question.since && list.size() == question.limit;
    return answer_of<Changes>(
        json{{"changes", std::move(list)}, {"last_seq", last_seq}, {"more", more}});
  });
}

Answer<Diagnosis> BusClient::doctor() {
  return guarded([&] {
    auto list = json::array();
    std::int64_t findings = 0;
    for (auto& check : proxy().Doctor()) {
      if (check.value.value("status", "") == to_string(CheckStatus::kFinding)) ++findings;
      list.push_back(std::move(check.value));
    }
    return answer_of<Diagnosis>(
        json{{"well", findings == 0}, {"findings", findings}, {"checks", std::move(list)}});
  });
}

std::optional<Answer<RunRecord>> BusClient::follow(const Follow& how) {
  return guarded([&]() -> std::optional<Answer<RunRecord>> {
    auto& daemon = proxy();
    if (how.run_id.empty()) {
      daemon.Version();  // throws when nobody is there to be followed
    } else {
      daemon.start_waiting(how.run_id);
    }
    auto next_tick = std::chrono::steady_clock::now() + how.tick;
    for (;;) {
      while (dbus::process(*connection_)) {
      }
      deliver(how);
      if (auto run = daemon.take_ended()) return answer_of<RunRecord>(std::move(*run));
      daemon.check_alive();
      const auto now = std::chrono::steady_clock::now();
      if (now >= next_tick) {
        if (how.on_tick) how.on_tick();
        next_tick = now + how.tick;
      }
      // What the callbacks asked the daemon may have left messages in the library's queue: poll()
      // would not see them, but the poll data's timeout is then zero.
      const auto left = std::chrono::ceil<Duration>(next_tick - now);
      if (stopped(how.stop_fd, how.on_tick ? left : Duration::max())) return std::nullopt;
    }
  });
}

void BusClient::deliver(const Follow& how) {
  while (auto event = proxy().next_event()) how.on_event(*event);
}

// Waits until the bus has something to say, or for so long; whether it is told to stop.
bool BusClient::stopped(int stop_fd, Duration at_most) const {
  const auto bus = connection_->getEventLoopPollData();
  auto timeout = bus.getPollTimeout();
  if (at_most != Duration::max()) {
    const auto most = static_cast<int>(at_most.count());
    timeout = timeout < 0 ? most : std::min(timeout, most);
  }
  pollfd fds[] = {{bus.fd, bus.events, 0}, {stop_fd, POLLIN, 0}};
  if (poll(fds, 2, timeout) < 0 && errno != EINTR) {
    throw sdbus::createError(errno, "waiting for the bus failed");
  }
  return (fds[1].revents & POLLIN) != 0;
}

}  // namespace

std::unique_ptr<Client> make_bus_client(Bus bus) { return std::make_unique<BusClient>(bus); }

}  // namespace nbasync::ctl
