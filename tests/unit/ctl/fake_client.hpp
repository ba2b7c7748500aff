#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/transport/client.hpp"

namespace nbasync::testing {

// A daemon made of answers: each call gives what the test has put here, and is noted.
class FakeClient : public ctl::Client {
 public:
  std::vector<std::string> calls;
  SyncWish wish;
  ctl::RunFilter filter;

  std::optional<Error> error;  // every call throws it
  std::optional<Error> follow_error;
  ctl::Admission admission{.run_id = "5f3a1b2c-0000-4000-8000-000000000001"};
  std::deque<nlohmann::json> statuses{nlohmann::json::object()};  // the last one stays
  nlohmann::json the_run;
  nlohmann::json the_runs = nlohmann::json::array();
  nlohmann::json explanation;
  nlohmann::json diagnosis = nlohmann::json::object();
  nlohmann::json the_games = nlohmann::json::array();
  nlohmann::json the_standings = nlohmann::json::array();
  nlohmann::json the_players = nlohmann::json::array();
  nlohmann::json the_seasons = nlohmann::json::array();
  nlohmann::json the_player_games = nlohmann::json::array();
  nlohmann::json the_schema = nlohmann::json::array();
  std::vector<std::string> parts;    // of what is sent bit by bit
  std::optional<Error> break_off;    // after them
  std::deque<nlohmann::json> pages;  // of changes, each given once
  struct Told {
    std::string name;
    nlohmann::json data;
  };
  std::vector<Told> events;             // delivered by follow()
  int ticks = 1;                        // after them
  std::optional<nlohmann::json> ended;  // follow()'s result

  ctl::Admission sync(const SyncWish& wanted) override {
    note("sync " + wanted.sync_type);
    wish = wanted;
    return admission;
  }
  ctl::Answer<ctl::Status> status() override {
    note("status");
    auto status = statuses.front();
    if (statuses.size() > 1) statuses.pop_front();
    return ctl::answer_of<ctl::Status>(std::move(status));
  }
  ctl::Answer<RunRecord> run(const std::string& run_id) override {
    note("run " + run_id);
    return ctl::answer_of<RunRecord>(the_run);
  }
  ctl::Answer<std::vector<RunRecord>> runs(const ctl::RunFilter& wanted) override {
    note("runs");
    filter = wanted;
    return ctl::answer_of<std::vector<RunRecord>>(the_runs);
  }
  void cancel(const std::string& run_id) override { note("cancel " + run_id); }
  std::string version() override {
    note("version");
    return "9.9.9";
  }
  void pause() override { note("pause"); }
  void resume() override { note("resume"); }
  void reload() override { note("reload"); }
  ctl::Answer<ctl::BackfillBegun> backfill(const std::string& from,
                                           const std::string& to) override {
    note("backfill " + from + " " + to);
    return ctl::answer_of<ctl::BackfillBegun>(
        {{"success", true}, {"seasons", 3}, {"from", from}, {"to", to}});
  }
  void stop_backfill() override { note("stop_backfill"); }
  ctl::Answer<ctl::Explanation> explain(const std::string& schedule) override {
    note("explain " + schedule);
    return ctl::answer_of<ctl::Explanation>(explanation);
  }
  ctl::Answer<std::vector<ctl::Game>> games(const std::optional<std::string>& date) override {
    note("games " + date.value_or("today"));
    return ctl::answer_of<std::vector<ctl::Game>>(the_games);
  }
  ctl::Answer<std::vector<ctl::Standing>> standings(
      const std::optional<std::string>& season) override {
    note("standings " + season.value_or("newest"));
    return ctl::answer_of<std::vector<ctl::Standing>>(the_standings);
  }
  ctl::Answer<std::vector<ctl::Player>> players(const std::string& name) override {
    note("players " + name);
    return ctl::answer_of<std::vector<ctl::Player>>(the_players);
  }
  ctl::Answer<std::vector<ctl::PlayerSeason>> player_seasons(std::int64_t player_id) override {
    note(format("player_seasons {}", player_id));
    return ctl::answer_of<std::vector<ctl::PlayerSeason>>(the_seasons);
  }
  ctl::Answer<std::vector<ctl::PlayerGame>> player_games(std::int64_t player_id,
                                                         unsigned limit) override {
    note(format("player_games {} {}", player_id, limit));
    return ctl::answer_of<std::vector<ctl::PlayerGame>>(the_player_games);
  }
  ctl::Answer<ctl::Changes> changes(const ChangesQuestion& question) override {
    note(format("changes {} {} {} {}", question.since ? format("{}", *question.since) : "newest",
                question.limit, question.table, question.corrections));
    auto page = pages.empty() ? nlohmann::json::object() : pages.front();
    if (!pages.empty()) pages.pop_front();
    return ctl::answer_of<ctl::Changes>(std::move(page));
  }
  ctl::Answer<ctl::Diagnosis> doctor() override {
    note("doctor");
    return ctl::answer_of<ctl::Diagnosis>(diagnosis);
  }
  ctl::Answer<std::vector<ctl::TableEntry>> schema(const std::string& table) override {
    note("schema " + table);
    return ctl::answer_of<std::vector<ctl::TableEntry>>(the_schema);
  }
  void export_table(const ExportQuestion& question, int, const Take& take) override {
    note(format("export {} {} {}", question.table, question.season, to_string(question.format)));
    send(take);
  }
  void snapshot(int, const Take& take) override {
    note("snapshot");
    send(take);
  }
  void listen() override { note("listen"); }
  std::optional<ctl::Answer<RunRecord>> follow(const ctl::Follow& how) override {
    note("follow " + how.run_id);
    for (const auto& [name, data] : events) how.on_event(ctl::event_of(name, data));
    for (int tick = 0; how.on_tick && tick < ticks; ++tick) how.on_tick();
    if (follow_error) throw Error(*follow_error);
    if (!ended) return std::nullopt;
    return ctl::answer_of<RunRecord>(*ended);
  }

 private:
  void send(const Take& take) {
    for (const auto& part : parts) take(part);
    if (break_off) throw Error(*break_off);
  }
  void note(std::string call) {
    calls.push_back(std::move(call));
    if (error) throw Error(*error);
  }
};

}  // namespace nbasync::testing
