#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <random>
#include <regex>
#include <thread>

#include <nlohmann/json.hpp>

#include "integration/daemon/bus_caller.hpp"
#include "integration/daemon/daemon_fixture.hpp"
#include "integration/faults/fault_fixture.hpp"
#include "support/file_text.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

// What a caller asks for, at which door, and what becomes of him.
struct Demand {
  enum Door { kSocket, kBus, kClientBySocket, kClientByBus };

  Door door;
  json options;          // with sync_type
  bool leaves = false;   // before he is told
  bool cancels = false;  // whatever runs, first
};

// What he was told.
struct Told {
  Demand demand;
  std::string status;  // of the run; or the error's code; or "disconnected"
  std::string run_id;
  Duration waited{};  // for that
  int life = 0;       // of the daemon: how often it had been killed before
};

// Callers at all doors who ask for all kinds of things, change their minds, and die; and a daemon
// that dies.
class StormTest : public DaemonFixture {
 protected:
  static constexpr unsigned kCallers = 16;

  StormTest() : DaemonFixture(PrivateBus::Kind::kSystem) {
    upstream_.set_body("leaguestandingsv3",
                       file_text(NBASYNC_DEMO_SEASON "/leaguestandingsv3_2025-26.json"));
  }

  static Demand make_demand(std::mt19937& random) {
    const auto one_of = [&](auto... words) {
      const std::string list[] = {words...};
      return list[random() % sizeof...(words)];
    };
    const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
    Demand demand{static_cast<Demand::Door>(random() % 4), {}};
    demand.options["sync_type"] =
        one_of("teams", "teams", "teams", "schedule", "todays_games", "season_stats", "full");
    demand.options["season"] = one_of("2025-26", "2025-26", "2024-25", "2019-20");
    demand.options["if_busy"] = one_of("queue", "queue", "queue", "join", "fail");
    demand.options["timeout"] = std::stod(one_of("0.05", "0.5", "5", "60"));
    if (chance(10)) demand.options["run_timeout"] = 0.02;
    demand.options["dry_run"] = chance(20);
    demand.options["force"] = chance(20);
    demand.leaves = chance(10);
    demand.cancels = chance(5);
    return demand;
  }

  Told ask(const Demand& demand) const {
    const auto asked = std::chrono::steady_clock::now();
    auto told = ask_at_door(demand);
    told.waited = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - asked);
    told.life = kills_;
    return told;
  }

  Told ask_at_door(const Demand& demand) const {
    try {
      if (demand.cancels) cancel_current();
      if (demand.door == Demand::kSocket) return ask_socket(demand);
      return demand.door == Demand::kBus ? ask_bus(demand) : ask_client(demand);
    } catch (const std::system_error&) {  // no daemon listens
      return {demand, "disconnected", ""};
    } catch (const sdbus::Error&) {
      return {demand, "disconnected", ""};
    }
  }

  void cancel_current() const {
    auto connection = RawConnection::to_socket(socket_.string());
    const auto status = json::parse(connection.ask("GET", "/api/v1/status").body, nullptr, false);
    if (!status.is_object() || !status["current_sync"].is_object()) return;
    connection.ask("DELETE", "/api/v1/runs/" + status["current_sync"].value("run_id", ""));
  }

  Told ask_socket(const Demand& demand) const {
    const auto text = demand.options.dump();
    auto connection = RawConnection::to_socket(socket_.string());
    connection.send("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                    std::to_string(text.size()) + "\r\n\r\n" + text);
    if (demand.leaves) return {demand, "left", ""};
    const auto reply = connection.read_reply(seconds(100));
    connection.end_sending();
    EXPECT_EQ(connection.read_reply(seconds(100)).status, 0) << "told twice";
    const auto answer = json::parse(reply.body, nullptr, false);
    if (!answer.is_object()) return {demand, "disconnected", ""};
    if (answer.contains("status") && answer["status"].is_string()) {
      return {demand, answer.value("status", ""), answer.value("run_id", "")};
    }
    if (answer.contains("run") && answer["run"].is_object()) {
      return {demand, answer["run"].value("status", ""), answer.value("run_id", "")};
    }
    return {demand, answer.value("code", reply.body), answer.value("run_id", "")};
  }

  static Told ask_bus(const Demand& demand) {
    BusCaller caller;
    Variants options;
    for (const auto& [key, value] : demand.options.items()) {
      if (key == "sync_type") continue;
      if (value.is_string()) options[key] = sdbus::Variant(value.get<std::string>());
      if (value.is_number()) options[key] = sdbus::Variant(value.get<double>());
      if (value.is_boolean()) options[key] = sdbus::Variant(value.get<bool>());
    }
    auto error = caller.sync(demand.options["sync_type"].get<std::string>(), options);
    std::string run_id;
    if (error.empty()) {
      run_id = caller.value<std::string>();
      if (demand.leaves) return {demand, "left", run_id};
      error = caller.call("Wait", run_id, 0.0);
    }
    if (error.empty()) {
      return {demand, caller.value<Variants>().at("status").get<std::string>(), run_id};
    }
    return {demand, error.starts_with("org.freedesktop") ? "disconnected" : error, run_id};
  }

  Told ask_client(const Demand& demand) const {
    const auto& options = demand.options;
    const auto text = [&](const char* key) { return options[key].get<std::string>(); };
    const auto millis = [&](const char* key) {
      return std::to_string(static_cast<long>(options[key].get<double>() * 1000)) + "ms";
    };
    std::vector<std::string> words{NBASYNCCTL,        "sync",      text("sync_type"), "--season",
                                   text("season"),    "--if-busy", text("if_busy"),   "--timeout",
                                   millis("timeout"), "--json"};
    if (options.contains("run_timeout")) {
      words.insert(words.end(), {"--run-timeout", millis("run_timeout")});
    }
    if (options["dry_run"]) words.emplace_back("--dry-run");
    if (options["force"]) words.emplace_back("--force");
    if (demand.door == Demand::kClientByBus) {
      words.emplace_back("--system");
    } else {
      words.insert(words.end(), {"--socket", socket_.string()});
    }
    Process client(words);
    if (demand.leaves) {
      client.wait(milliseconds(30));
      client.signal(SIGKILL);
      return {demand, "left", ""};
    }
    const auto status = client.wait(seconds(100));
    EXPECT_TRUE(status) << "never told";
    const auto answer = json::parse(client.out(), nullptr, false);
    if (answer.is_object() && answer.contains("status") && status != 6) {
      return {demand, answer.value("status", ""), answer.value("run_id", "")};
    }
    return {demand, status == 6 ? "disconnected" : "exit " + std::to_string(status.value_or(-1)),
            ""};
  }

  // Lets this many ask, some at a time; what they were told is added. `kill_after`: so many runs of
  // this storm; then the daemon is killed and started again.
  void storm(int demands, unsigned seed, std::size_t kill_after = 0) {
    std::atomic<int> left = demands;
    std::atomic<int> asking = kCallers;
    std::vector<std::jthread> callers;
    for (unsigned caller = 0; caller < kCallers; ++caller) {
      callers.emplace_back([&, caller] {
        std::mt19937 random(seed + caller);
        while (--left >= 0) {
          is_up_.wait(false);
          auto told = ask(make_demand(random));
          const std::lock_guard lock(mutex_);
          told_.push_back(std::move(told));
        }
        --asking;
      });
    }
    const auto kill_at = lines_of("finished").size() + kill_after;
    while (asking > 0) {
      daemon_->wait_for("never said", 1, milliseconds(20));  // its log is read
      if (kill_after == 0 || lines_of("finished").size() < kill_at) continue;
      kill_after = 0;
      is_up_ = false;
      ++kills_;
      daemon_->signal(SIGKILL);
      EXPECT_EQ(daemon_->wait(), -SIGKILL);
      expect_one_at_a_time_in_order();
      start_daemon();
      is_up_ = true;
      is_up_.notify_all();
    }
  }

  // The run ids of the daemon's lines that tell one of these events, with the event, in order.
  std::vector<std::pair<std::string, std::string>> lines_of(const std::string& events) const {
    const std::regex line("sync (" + events + ") run=([0-9a-f-]{36}) ");
    std::vector<std::pair<std::string, std::string>> found;
    const auto& log = daemon_->err();
    for (std::sregex_iterator at(log.begin(), log.end(), line), end; at != end; ++at) {
      found.emplace_back((*at)[1], (*at)[2]);
    }
    return found;
  }

  // Of one life of the daemon.
  void expect_one_at_a_time_in_order() const {
    std::string running;
    std::vector<std::string> started;
    for (const auto& [event, run] : lines_of("started|finished")) {
      if (event == "started") {
        EXPECT_EQ(running, "") << "two at once: " << run;
        running = run;
        started.push_back(run);
      } else if (run == running) {
        running.clear();
      }
    }
    std::vector<std::string> arrived;
    for (const auto& [event, run] : lines_of("queued")) {
      if (std::ranges::find(started, run) != started.end()) arrived.push_back(run);
    }
    std::erase_if(
        started, [&](const auto& run) { return std::ranges::find(arrived, run) == arrived.end(); });
    EXPECT_EQ(started, arrived) << "in the order of their arrival";
    EXPECT_EQ(daemon_->err().find("database is locked"), std::string::npos);
  }

  // Each was told what the log says.
  void expect_log_says_the_same() const {
    std::map<std::string, int> counts;
    for (const auto& told : told_) {
      ++counts[told.status];
      EXPECT_FALSE(told.status.empty() || told.status == "started") << told.demand.options;
      if (told.run_id.empty() || told.demand.options["dry_run"]) continue;
      const auto logged =
          query("SELECT status FROM data_sync_log WHERE run_id = '" + told.run_id + "'");
      if (told.status == "left" || told.status == "disconnected") continue;
      if (told.status.find('.') != std::string::npos) continue;  // an error of the bus
      if (told.status != "success" && logged.empty()) continue;  // it never had the lock
      // His own patience was over; a twin's went on.
      const std::chrono::duration<double> patience(told.demand.options["timeout"].get<double>());
      if (told.status == "timeout" && told.waited >= patience) continue;
      // Only a success is told no sooner than its row is durable.
      if (told.status != "success" && told.life < kills_ && logged == "interrupted") continue;
      EXPECT_EQ(logged, told.status)
          << query("SELECT * FROM data_sync_log WHERE run_id = '" + told.run_id + "'")
          << told.demand.options << told.demand.door;
    }
    for (const auto& [status, count] : counts) std::printf("  %4d %s\n", count, status.c_str());
    EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status = 'started'"), "0");
    EXPECT_EQ(query("SELECT a.run_id FROM data_sync_log a JOIN data_sync_log b ON a.id < b.id AND "
                    "a.thread_id > 0 AND b.thread_id > 0 AND a.run_id NOT LIKE '%/%' AND "
                    "b.run_id NOT LIKE '%/%' WHERE a.completed_at > b.started_at AND "
                    "a.started_at < b.completed_at"),
              "")
        << "two overlap";
    EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE error_message LIKE '%locked%'"), "0");
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
  }

  std::atomic<bool> is_up_ = true;  // the daemon
  std::atomic<int> kills_ = 0;      // of it
  std::mutex mutex_;
  std::vector<Told> told_;  // guarded by mutex_
};

TEST_F(StormTest, EveryCallerIsToldOnceAndTheLogSaysTheSame) {
  const int demands = from_environment("NBASYNC_STORM", rounds(150));
  start_daemon();
  storm(demands / 2, 1);
  storm(demands / 4, 100, 5);
  storm(demands / 4, 200);
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  daemon_->signal(SIGTERM);
  ASSERT_EQ(daemon_->wait(), 0) << daemon_->err();
  expect_one_at_a_time_in_order();
  expect_log_says_the_same();
}

}  // namespace
}  // namespace nbasync::testing
