#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "dbus/sdbus.hpp"
#include "integration/daemon/daemon_fixture.hpp"
#include "protocol/names.hpp"

namespace nbasync::testing {
namespace {

using Variants = std::map<std::string, sdbus::Variant>;
using ::testing::HasSubstr;

// The interface as any D-Bus program meets it.
class BusTest : public DaemonFixture {
 protected:
  void SetUp() override {
    start_daemon();
    connection_ = sdbus::createSessionBusConnectionWithAddress(bus_.address());
    proxy_ = sdbus::createProxy(*connection_, dbus::ServiceName(protocol::kBusName),
                                dbus::ObjectPath(protocol::kObjectPath));
    for (const auto* signal : {"SyncQueued", "SyncStarted"}) {
      proxy_->uponSignal(signal)
          .onInterface(protocol::kInterface)
          .call([this, signal](const std::string&, const std::string& type) {
            signals_.push_back(std::string(signal) + " " + type);
          });
    }
    proxy_->uponSignal("SyncFinished")
        .onInterface(protocol::kInterface)
        .call([this](const std::string&, const std::string& type, const std::string& status,
                     const Variants& run) {
          signals_.push_back("SyncFinished " + type + " " + status + " " +
                             run.at("sync_type").get<std::string>());
        });
    proxy_->uponSignal("DataChanged")
        .onInterface(protocol::kInterface)
        .call([this](const std::string&, std::uint64_t first_seq, std::uint64_t last_seq,
                     std::uint32_t inserted, std::uint32_t updated, std::uint32_t deleted) {
          data_changed_ = {first_seq, last_seq, inserted, updated, deleted};
        });
    proxy_->uponSignal("BackfillProgress")
        .onInterface(protocol::kInterface)
        .call([this](std::uint32_t done, std::uint32_t of, const std::string& season) {
          signals_.push_back(std::to_string(done) + "/" + std::to_string(of) + " " + season);
        });
    proxy_->uponSignal("PropertiesChanged")
        .onInterface("org.freedesktop.DBus.Properties")
        .call([this](const std::string&, const Variants& changed, const std::vector<std::string>&) {
          for (const auto& [name, value] : changed) changed_.insert_or_assign(name, value);
        });
    dbus::subscribe(*proxy_);
  }

  // Calls a method and stores its results.
  template <typename... Results, typename... Arguments>
  void call(std::tuple<Results&...> results, const std::string& method,
            const Arguments&... arguments) {
    auto&& invoker = proxy_->callMethod(method);
    invoker.onInterface(protocol::kInterface)
        .withTimeout(std::chrono::seconds(30))
        .withArguments(arguments...);
    std::apply([&](auto&... each) { invoker.storeResultsTo(each...); }, results);
  }

  std::string sync(const std::string& type, const Variants& options = {}) {
    std::string run_id;
    std::string disposition;
    call(std::tie(run_id, disposition), "Sync", type, options);
    disposition_ = disposition;
    return run_id;
  }

  Variants wait(const std::string& run_id, double timeout = 30) {
    Variants run;
    call(std::tie(run), "Wait", run_id, timeout);
    return run;
  }

  // The D-Bus error name of what the function does; empty if it succeeds.
  template <typename Function>
  static std::string error_of(Function function) {
    try {
      function();
    } catch (const sdbus::Error& error) {
      return error.getName();
    }
    return {};
  }

  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IProxy> proxy_;
  std::string disposition_;
  std::vector<std::string> signals_;
  std::vector<std::uint64_t> data_changed_;  // of the last one
  Variants changed_;
};

TEST_F(BusTest, IntrospectionShowsTheContract) {
  std::string xml;
  proxy_->callMethod("Introspect")
      .onInterface("org.freedesktop.DBus.Introspectable")
      .storeResultsTo(xml);
  for (const auto* member :
       {"method name=\"Sync\"", "method name=\"Status\"", "method name=\"Wait\"",
        "method name=\"GetRun\"", "method name=\"ListRuns\"", "method name=\"Cancel\"",
        "signal name=\"SyncQueued\"", "signal name=\"SyncStarted\"", "signal name=\"SyncProgress\"",
        "signal name=\"SyncFinished\"", "property name=\"Version\"",
        "property name=\"SyncInProgress\"", "property name=\"CurrentRun\"",
        "property name=\"QueueLength\"", "property name=\"LastSuccess\"",
        "property name=\"Paused\"", "method name=\"Changes\"", "method name=\"Doctor\"",
        "signal name=\"DataChanged\""}) {
    EXPECT_THAT(xml, HasSubstr(member));
  }
}

TEST_F(BusTest, WhatWasChangedIsSignalledAndTold) {
  wait(sync("teams"));
  while (dbus::process(*connection_)) {
  }
  const auto teams = static_cast<std::uint64_t>(std::stoi(query("SELECT count(*) FROM nba_teams")));
  EXPECT_THAT(data_changed_, ::testing::ElementsAre(teams + 1, 2 * teams, teams, 0, 0))
      << "of the standings";
  std::vector<Variants> changes;
  std::uint64_t last_seq = 0;
  const auto ask = [&](std::uint64_t since, std::uint32_t limit, const Variants& filter) {
    changes.clear();
    return error_of([&] { call(std::tie(changes, last_seq), "Changes", since, limit, filter); });
  };
  EXPECT_EQ(ask(0, 2, {}), "");
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(last_seq, 2U) << "where the limit has cut";
  EXPECT_EQ(changes[0].at("seq").get<std::int64_t>(), 1);
  EXPECT_EQ(changes[0].at("change").get<std::string>(), "insert");
  EXPECT_FALSE(changes[0].at("is_correction").get<bool>());
  EXPECT_FALSE(changes[0].contains("before")) << "D-Bus has no null";
  EXPECT_TRUE(changes[0].at("after").get<Variants>().contains("city"));
  EXPECT_EQ(ask(0, 1, {{"newest", sdbus::Variant(true)}}), "");
  EXPECT_EQ(last_seq, 2 * teams);
  EXPECT_EQ(ask(0, 0, {{"table", sdbus::Variant(std::string("games"))}}), "");
  EXPECT_TRUE(changes.empty());
  EXPECT_EQ(last_seq, 2 * teams);
  EXPECT_EQ(ask(0, 0, {{"corrections", sdbus::Variant(true)}}), "");
  EXPECT_TRUE(changes.empty());
  const std::string kInvalid = "org.freedesktop.DBus.Error.InvalidArgs";
  EXPECT_EQ(ask(0, 0, {{"table", sdbus::Variant(std::string("game"))}}), kInvalid);
  EXPECT_EQ(ask(0, 0, {{"corrections", sdbus::Variant(std::string("yes"))}}), kInvalid);
  EXPECT_EQ(ask(0, 0, {{"tables", sdbus::Variant(std::string("games"))}}), kInvalid);
  EXPECT_EQ(ask(2 * teams + 1, 0, {}), "org.nbasync.Sync1.Error.ChangesGone");
}

TEST_F(BusTest, SyncRepliesAtAdmissionAndWaitAtTheEnd) {
  const auto run_id = sync("teams");
  EXPECT_EQ(disposition_, "started");
  const auto run = wait(run_id);
  EXPECT_EQ(run.at("status").get<std::string>(), "success");
  EXPECT_EQ(run.at("records_synced").get<std::int64_t>(), 30);

  Variants again;
  call(std::tie(again), "GetRun", run_id);
  EXPECT_EQ(again.at("inserted_count").get<std::int64_t>(), 30);
  EXPECT_EQ(wait(run_id).at("run_id").get<std::string>(), run_id) << "an ended run is answered too";
}

TEST_F(BusTest, SignalsAndPropertiesTellWhatHappens) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  const auto first = sync("teams");
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  const auto second = sync("schedule", {{"timeout", sdbus::Variant(30.0)}});
  EXPECT_EQ(disposition_, "queued");
  EXPECT_TRUE(proxy_->getProperty("SyncInProgress").onInterface(protocol::kInterface).get<bool>());
  EXPECT_EQ(proxy_->getProperty("CurrentRun").onInterface(protocol::kInterface).get<std::string>(),
            first);
  EXPECT_EQ(
      proxy_->getProperty("QueueLength").onInterface(protocol::kInterface).get<std::uint32_t>(),
      1U);
  sync("schedule");
  EXPECT_EQ(disposition_, "joined");
  upstream_.release();
  wait(second);
  while (dbus::process(*connection_)) {
  }
  EXPECT_THAT(signals_,
              ::testing::ElementsAre("SyncStarted teams", "SyncQueued schedule",
                                     "SyncFinished teams success teams", "SyncStarted schedule",
                                     "SyncFinished schedule success schedule"));
  EXPECT_FALSE(changed_.at("SyncInProgress").get<bool>());
  const auto last_success = changed_.at("LastSuccess").get<std::map<std::string, std::uint64_t>>();
  EXPECT_GT(last_success.at("schedule"), 1'700'000'000'000'000U) << "microseconds since 1970";
}

TEST_F(BusTest, ABackfillTellsItsProgressAndIsStopped) {
  upstream_.set_fault("leaguestandingsv3_2017-18", "hang");
  std::uint32_t seasons = 0;
  call(std::tie(seasons), "Backfill", std::string("2016-17"), std::string("2017-18"), Variants());
  EXPECT_EQ(seasons, 2U);
  EXPECT_EQ(error_of([&] {
              call(std::tie(seasons), "Backfill", std::string("1990-91"), std::string("1991-92"),
                   Variants());
            }),
            "org.nbasync.Sync1.Error.SyncInProgress");
  EXPECT_EQ(error_of([&] {
              call(std::tie(seasons), "Backfill", std::string("1990-91"), std::string("1991-92"),
                   Variants{{"interactif", sdbus::Variant(true)}});
            }),
            "org.freedesktop.DBus.Error.InvalidArgs");
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  Variants status;
  call(std::tie(status), "Status");
  EXPECT_EQ(status.at("backfill").get<Variants>().at("season").get<std::string>(), "2017-18");
  call(std::tie(), "StopBackfill");
  while (std::ranges::find(signals_, "SyncFinished full cancelled full") == signals_.end()) {
    dbus::process(*connection_);
  }
  EXPECT_THAT(signals_, ::testing::IsSupersetOf({"0/2 2017-18", "0/2 "}));
}

TEST_F(BusTest, StatusHasTheKeysOfTheContract) {
  wait(sync("teams"));
  Variants status;
  call(std::tie(status), "Status");
  for (const auto* key : {"sync_in_progress", "current_sync", "recent_syncs", "queue", "datasets",
                          "upstream", "paused", "version", "started_at"}) {
    EXPECT_TRUE(status.contains(key)) << key;
  }
  const auto recent = status.at("recent_syncs").get<std::vector<Variants>>();
  ASSERT_EQ(recent.size(), 1U);
  EXPECT_GT(recent[0].at("thread_id").get<std::int64_t>(), 0);
}

TEST_F(BusTest, WrongArgumentsGetTheErrorsOfTheContract) {
  const std::string invalid = "org.freedesktop.DBus.Error.InvalidArgs";
  const std::string prefix = protocol::kErrorPrefix;
  EXPECT_EQ(error_of([&] { sync("gmae_logs"); }), prefix + "UnknownType");
  EXPECT_EQ(error_of([&] {
              sync("teams", {{"sesaon", sdbus::Variant(std::string("2025-26"))}});
            }),
            invalid);
  EXPECT_EQ(error_of([&] { sync("teams", {{"season", sdbus::Variant(2025)}}); }), invalid);
  EXPECT_EQ(error_of([&] {
              sync("teams", {{"season", sdbus::Variant(std::string("2025"))}});
            }),
            invalid);
  EXPECT_EQ(error_of([&] { sync("teams", {{"timeout", sdbus::Variant(-1.0)}}); }), invalid);
  EXPECT_EQ(error_of([&] {
              sync("teams", {{"if_busy", sdbus::Variant(std::string("never"))}});
            }),
            invalid);
  EXPECT_EQ(error_of([&] { wait("no-such-run"); }), prefix + "UnknownRun");
  EXPECT_EQ(error_of([&] { call(std::tie(), "Cancel", std::string("no-such-run")); }),
            prefix + "UnknownRun");
  EXPECT_EQ(error_of([&] {
              Variants run;
              call(std::tie(run), "GetRun", std::string("no-such-run"));
            }),
            prefix + "UnknownRun");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log"), "0") << "nothing was queued";
}

TEST_F(BusTest, BusyAndWaitTimeoutHaveTheirErrors) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  const auto run_id = sync("teams");
  const std::string prefix = protocol::kErrorPrefix;
  EXPECT_EQ(error_of([&] { sync("full"); }), prefix + "SyncInProgress");
  EXPECT_EQ(error_of([&] {
              sync("schedule", {{"wait", sdbus::Variant(false)}});
            }),
            prefix + "SyncInProgress");
  EXPECT_EQ(error_of([&] { wait(run_id, 0.05); }), prefix + "LockTimeout");
  upstream_.release();
  EXPECT_EQ(wait(run_id).at("status").get<std::string>(), "success");
}

TEST_F(BusTest, ListRunsIsNewestFirstAndFiltered) {
  wait(sync("teams"));
  wait(sync("schedule"));
  std::vector<Variants> runs;
  call(std::tie(runs), "ListRuns", std::uint32_t{0}, Variants{});
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].at("sync_type").get<std::string>(), "schedule");
  runs.clear();  // the library appends
  call(std::tie(runs), "ListRuns", std::uint32_t{5},
       Variants{{"type", sdbus::Variant(std::string("teams"))}});
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].at("sync_type").get<std::string>(), "teams");
}

}  // namespace
}  // namespace nbasync::testing
