#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "ctl/transport/client.hpp"

namespace nbasync::testing {

// A daemon made of answers: each call gives what the test has put here, and is noted.
class FakeClient final : public ctl::Client {
 public:
  std::vector<std::string> calls;
  SyncWish wish;
  ctl::RunFilter filter;

  std::optional<Error> error;  // every call throws it
  std::optional<Error> follow_error;
  ctl::Admission admission{"5f3a1b2c-0000-4000-8000-000000000001", Disposition::kStarted};
  std::deque<nlohmann::json> statuses{nlohmann::json::object()};  // the last one stays
  nlohmann::json the_run;
  nlohmann::json the_runs = nlohmann::json::array();
  nlohmann::json explanation;
  nlohmann::json the_games = nlohmann::json::array();
  std::vector<ctl::Event> events;       // delivered by follow()
  int ticks = 1;                        // after them
  std::optional<nlohmann::json> ended;  // follow()'s result

  ctl::Admission sync(const SyncWish& wanted) override {
    note("sync " + wanted.sync_type);
    wish = wanted;
    return admission;
  }
  nlohmann::json status() override {
    note("status");
    auto status = statuses.front();
    if (statuses.size() > 1) statuses.pop_front();
    return status;
  }
  nlohmann::json run(const std::string& run_id) override {
    note("run " + run_id);
    return the_run;
  }
  nlohmann::json runs(const ctl::RunFilter& wanted) override {
    note("runs");
    filter = wanted;
    return the_runs;
  }
  void cancel(const std::string& run_id) override { note("cancel " + run_id); }
  std::string version() override {
    note("version");
    return "9.9.9";
  }
  void pause() override { note("pause"); }
  void resume() override { note("resume"); }
  void reload() override { note("reload"); }
  nlohmann::json explain(const std::string& schedule) override {
    note("explain " + schedule);
    return explanation;
  }
  nlohmann::json games(const std::optional<std::string>& date) override {
    note("games " + date.value_or("today"));
    return the_games;
  }
  void listen() override { note("listen"); }
  std::optional<nlohmann::json> follow(const ctl::Follow& how) override {
    note("follow " + how.run_id);
    for (const auto& event : events) how.on_event(event);
    for (int tick = 0; how.on_tick && tick < ticks; ++tick) how.on_tick();
    if (follow_error) throw Error(*follow_error);
    return ended;
  }

 private:
  void note(std::string call) {
    calls.push_back(std::move(call));
    if (error) throw Error(*error);
  }
};

}  // namespace nbasync::testing
