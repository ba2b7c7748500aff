#include <gmock/gmock.h>

#include <algorithm>
#include <latch>
#include <map>
#include <regex>
#include <thread>

#include <nlohmann/json.hpp>

#include "integration/daemon/bus_caller.hpp"
#include "integration/daemon/daemon_fixture.hpp"
#include "support/file_text.hpp"
#include "support/raw_connection.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using std::chrono::seconds;

constexpr int kRequests = 100;
constexpr int kOfAKind = kRequests / 5;
constexpr seconds kCeiling{100};

// One of the hundred: what it asks for, and what it is to be told.
struct Wish {
  std::string type;
  std::string season = "2025-26";
  bool dry_run = false;
  bool force = false;
  std::string timeout = "300";  // seconds
  std::string wanted;
};

// A fifth is refused, a fifth waits too short a time, a fifth is cancelled in the line; the rest
// runs, a few of them as twins.
Wish make_wish(int index) {
  static constexpr const char* kTypes[] = {"teams", "schedule", "game_logs", "season_stats"};
  const int kind = index % 5;
  const int number = index / 5;
  const auto other_season = std::to_string(1950 + number) + "-" + std::to_string(51 + number);
  Wish wish;
  wish.wanted = "success";
  if (kind < 2) {
    const int run = (number + kind * kOfAKind) % 30;  // of 40: ten have a twin
    wish.type = kTypes[run < 8 ? run % 4 : 0];
    wish.dry_run = run >= 4 && run < 8;
    wish.force = run >= 4;
    if (run >= 8) wish.season = std::to_string(1960 + run) + "-" + std::to_string(61 + run);
  } else if (kind == 2) {
    wish.type = "full";
    wish.wanted = "refused";
  } else if (kind == 3) {
    wish.type = "schedule";
    wish.season = other_season;
    wish.timeout = "0.05";
    wish.wanted = "timeout";
  } else {
    wish.type = "todays_games";
    wish.season = other_season;
    wish.wanted = "cancelled";
  }
  return wish;
}

// A hundred callers at three doors, while the first sync holds the lock.
class CrowdTest : public DaemonFixture {
 protected:
  CrowdTest() : DaemonFixture(PrivateBus::Kind::kSystem) {
    // Any season has these teams.
    upstream_.set_body("leaguestandingsv3",
                       file_text(NBASYNC_DEMO_SEASON "/leaguestandingsv3_2025-26.json"));
  }

  std::string ask_socket(const Wish& wish) const {
    json body = {{"sync_type", wish.type},
                 {"season", wish.season},
                 {"dry_run", wish.dry_run},
                 {"force", wish.force},
                 {"timeout", std::stod(wish.timeout)}};
    const auto text = body.dump();
    auto connection = RawConnection::to_socket(socket_.string());
    connection.send("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                    std::to_string(text.size()) + "\r\n\r\n" + text);
    const auto reply = connection.read_reply(kCeiling);
    const auto answer = json::parse(reply.body, nullptr, false);
    if (reply.status == 200 && answer["success"] == true) return "success";
    const auto code = answer.is_object() ? answer.value("code", "") : "";
    if (code == "sync-in-progress") return "refused";
    if (code == "lock-timeout") return "timeout";
    return code == "cancelled" ? code : std::to_string(reply.status) + reply.body;
  }

  static std::string ask_bus(const Wish& wish) {
    BusCaller caller;
    const Variants options{{"season", sdbus::Variant(wish.season)},
                           {"dry_run", sdbus::Variant(wish.dry_run)},
                           {"force", sdbus::Variant(wish.force)},
                           {"timeout", sdbus::Variant(std::stod(wish.timeout))}};
    const auto error = caller.sync(wish.type, options);
    if (error == "org.nbasync.Sync1.Error.SyncInProgress") return "refused";
    if (!error.empty()) return error;
    const auto run_id = caller.value<std::string>();
    const auto failed = caller.call("Wait", run_id, 0.0);
    return failed.empty() ? caller.value<Variants>().at("status").get<std::string>() : failed;
  }

  std::string ask_client(const Wish& wish, bool by_bus) const {
    std::vector<std::string> words{NBASYNCCTL,  "sync",      wish.type,         "--season",
                                   wish.season, "--timeout", wish.timeout + "s"};
    if (wish.timeout == "0.05") words.back() = "50ms";
    if (wish.dry_run) words.emplace_back("--dry-run");
    if (wish.force) words.emplace_back("--force");
    if (by_bus) {
      words.emplace_back("--system");
    } else {
      words.insert(words.end(), {"--socket", socket_.string()});
    }
    Process client(words);
    static const std::map<int, std::string> kWords{
        {0, "success"}, {3, "timeout"}, {4, "refused"}, {8, "cancelled"}};
    const auto found = kWords.find(client.wait(kCeiling).value_or(-1));
    return found == kWords.end() ? client.err() : found->second;
  }

  std::string ask(int index) const {
    const auto wish = make_wish(index);
    const int door = index / 5 % 4;
    if (door == 0) return ask_socket(wish);
    return door == 1 ? ask_bus(wish) : ask_client(wish, door == 3);
  }

  // Cancels what the fifth waits for, at both doors in turn.
  void cancel_the_fifth() const {
    BusCaller caller;
    const auto status =
        json::parse(RawConnection::to_socket(socket_.string()).ask("GET", "/api/v1/status").body);
    int cancelled = 0;
    for (const auto& waiting : status["queue"]) {
      const auto run_id = waiting["run_id"].get<std::string>();
      if (waiting["sync_type"] != "todays_games") continue;
      if (++cancelled % 2 == 0) {
        EXPECT_EQ(caller.call("Cancel", run_id), "") << caller.message();
      } else {
        const auto reply =
            RawConnection::to_socket(socket_.string()).ask("DELETE", "/api/v1/runs/" + run_id);
        EXPECT_EQ(reply.status, 202) << reply.body;
      }
    }
    EXPECT_EQ(cancelled, kOfAKind);
  }

  // The run ids of the lines that tell this event, in order.
  std::vector<std::string> runs_of(const std::string& event) const {
    const std::regex line(event + " run=([0-9a-f-]{36}) ");
    std::vector<std::string> runs;
    const auto& log = daemon_->err();
    for (std::sregex_iterator at(log.begin(), log.end(), line), end; at != end; ++at) {
      runs.push_back((*at)[1]);
    }
    return runs;
  }
};

TEST_F(CrowdTest, HundredAtOnceRunOneAfterAnotherInTheOrderOfTheirArrival) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang*1");
  BusCaller first;
  ASSERT_EQ(first.sync("teams"), "") << first.message();
  const auto holder = first.value<std::string>();
  ASSERT_TRUE(upstream_.wait_for_requests(2));

  std::vector<std::string> answers(kRequests);
  std::latch start(kRequests);
  std::vector<std::jthread> callers;
  callers.reserve(kRequests);
  for (int index = 0; index < kRequests; ++index) {
    callers.emplace_back([&, index] {
      start.arrive_and_wait();
      answers[static_cast<std::size_t>(index)] = ask(index);
    });
  }
  ASSERT_TRUE(daemon_->wait_for("sync queued", 70, kCeiling)) << daemon_->err();
  ASSERT_TRUE(daemon_->wait_for("sync joined", 10, kCeiling)) << daemon_->err();
  ASSERT_TRUE(daemon_->wait_for("sync refused", 20, kCeiling)) << daemon_->err();
  ASSERT_TRUE(daemon_->wait_for("status=timeout", 20, kCeiling)) << daemon_->err();
  cancel_the_fifth();
  EXPECT_EQ(first.call("Cancel", holder), "") << "the one that holds the lock";
  ASSERT_TRUE(daemon_->wait_for("sync finished", 31, kCeiling)) << daemon_->err();
  callers.clear();

  for (int index = 0; index < kRequests; ++index) {
    EXPECT_EQ(answers[static_cast<std::size_t>(index)], make_wish(index).wanted) << index;
  }
  const auto started = runs_of("sync started");
  EXPECT_EQ(started.size(), 31U);
  EXPECT_EQ(started, runs_of("sync finished")) << "in the same order";
  std::vector<std::string> arrived{holder};
  std::ranges::copy_if(runs_of("sync queued"), std::back_inserter(arrived), [&](const auto& run) {
    return std::ranges::find(started, run) != started.end();
  });
  EXPECT_EQ(started, arrived);
  EXPECT_EQ(daemon_->err().find("database is locked"), std::string::npos);

  // The log that stays: nothing overlaps, nothing overtakes.
  const std::string runs =
      "WITH runs AS (SELECT *, lag(completed_at) OVER line AS before_ended, "
      "lag(requested_at) OVER line AS before_asked FROM data_sync_log WHERE "
      "thread_id > 0 AND run_id NOT LIKE '%/%' WINDOW line AS "
      "(ORDER BY started_at, id)) ";
  EXPECT_EQ(query(runs + "SELECT count(*) FROM runs WHERE status IN ('success', 'cancelled')"),
            "27")
      << "four of the 31 were dry runs";
  EXPECT_EQ(query(runs + "SELECT run_id FROM runs WHERE before_ended > started_at"), "");
  EXPECT_EQ(query(runs + "SELECT run_id FROM runs WHERE before_asked > requested_at"), "");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE error_message LIKE '%locked%'"), "0");
}

}  // namespace
}  // namespace nbasync::testing
