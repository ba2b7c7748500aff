#include "sync/dataset_step.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "check/data_checks.hpp"
#include "dataset/catalog.hpp"
#include "dataset/json_decoder.hpp"
#include "log/log.hpp"
#include "model/sync_wish.hpp"
#include "sync/request_defaults.hpp"

namespace nbasync {
namespace {

// "commonteamyears, leaguestandingsv3": whom to ask about an answer that is wrong as a whole.
std::string endpoints_of(const std::vector<Request>& requests) {
  std::set<std::string_view> names;
  for (const auto& request : requests) names.insert(request.endpoint());
  return format("{}", fmt::join(names, ", "));
}

// Of all answers to a step, which are in memory at the same time. A season's have a tenth of it.
constexpr std::size_t kMostBytes = 32 << 20;

class DatasetStep final : public Step {
 public:
  // `asked`: season, types and force; the rest is read.
  DatasetStep(const Dataset& dataset, SeasonFacts asked, Store& store, Fetcher& fetcher,
              NewestCopies& copies, std::shared_ptr<JsonDecoder> json)
      : dataset_(dataset),
        asked_(std::move(asked)),
        store_(store),
        fetcher_(fetcher),
        copies_(copies),
        json_(std::move(json)) {}

  std::string_view name() const override { return dataset_.name; }
  bool leads() const override { return dataset_.tells_games; }
  std::size_t requests() const override { return requests_.size(); }
  void expect(const SeasonFacts& facts) { requests_ = dataset_.requests(facts); }
  Cost cost() const override { return cost_; }

  void prepare(SystemTime now, const std::stop_token& stop) override {
    look(now, stop);
    requests_ = dataset_.requests(facts_);
  }

  void fetch(const std::function<void()>& fetched, const std::stop_token& stop) override {
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      fetch_one(requests_[i], stop);
      fetched();
    }
    if (dataset_.more_requests == nullptr) return;
    for (const auto& request : dataset_.more_requests(*json_, answers_, facts_)) {
      fetch_one(request, stop);
      fetched();
    }
  }

  Result store(SystemTime now, const std::stop_token& stop) override {
    // What an earlier step has rehearsed in the same transaction was not there yet.
    if (store_.is_rehearsing()) look(now, stop);
    facts_.now = now;
    if (const auto refusal = older_copy(now)) return {{}, *refusal};
    const Decoded decoded = dataset_.decode(*json_, answers_, facts_);
    if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
    try {
      auto [counts, note] = store_.apply(decoded, facts_, stop);
      if (!store_.is_rehearsing()) {
        for (const auto& [request, made_at] : made_at_) copies_.taken(request, made_at, now);
      }
      return {counts, std::move(note)};
    } catch (const Error& error) {
      if (error.code() != Errc::kUpstreamEmpty && error.code() != Errc::kUpstreamShort) throw;
      throw Error(error.code(), format("{}: {}", endpoints_of(requests_), error.what()));
    }
  }

 private:
  void look(SystemTime now, const std::stop_token& stop) {
    facts_ = asked_;
    facts_.now = now;
    store_.read(dataset_, facts_, stop);
  }

  std::optional<std::string> older_copy(SystemTime now) const {
    for (const auto& [request, made_at] : made_at_) {
      if (facts_.force) break;
      if (auto refusal = copies_.refusal(request, made_at, now)) return refusal;
    }
    return std::nullopt;
  }

  void fetch_one(const Request& request, const std::stop_token& stop) {
    if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
    log::debug("fetch dataset={} request={}", dataset_.name, request.endpoint());
    try {
      answers_.push_back({request, get(request, stop)});
    } catch (const Error& error) {
      if (!request.may_fail || error.code() == Errc::kCancelled) throw;
      answers_.push_back({request, {}, error});
    }
  }

  std::string get(const Request& request, const std::stop_token& stop) {
    const auto before = fetcher_.traffic();
    const auto count = [&] {
      const auto after = fetcher_.traffic();
      cost_.requests += after.requests - before.requests;
      cost_.bytes_received += after.bytes_received - before.bytes_received;
    };
    try {
      auto [body, received, tries, made_at, sent_at] = fetcher_.get(request, stop);
      if (made_at) made_at_.emplace_back(request, *made_at);
      bytes_ += body.size();
      if (bytes_ > kMostBytes) {
        throw Error(Errc::kUpstreamMalformed,
                    format("{}: with it, the answers have {} bytes together, and at most {}",
                           request.endpoint(), bytes_, kMostBytes));
      }
      count();
      return std::move(body);  // the name of a part of something is not moved by itself
    } catch (...) {
      count();
      throw;
    }
  }

  const Dataset& dataset_;
  SeasonFacts asked_;
  SeasonFacts facts_;  // what decoding refers to lives here until the end
  Store& store_;
  Fetcher& fetcher_;
  NewestCopies& copies_;
  std::shared_ptr<JsonDecoder> json_;  // one a run: its buffers are used again, and are large
  std::vector<Request> requests_;
  std::vector<Fetched> answers_;
  std::vector<std::pair<Request, SystemTime>> made_at_;  // where upstream tells
  Cost cost_;
  std::size_t bytes_ = 0;  // of the answers
};

}  // namespace

RunPlan DatasetPlanner::plan(const SyncJob& job) {
  RunPlan plan;
  const auto json = std::make_shared<JsonDecoder>();
  plan.listed = job.request.sync_type == kFullSync;
  SeasonFacts asked;
  asked.season = job.request.season;
  asked.in_force = asked.season == season_in_force(season_, job.started_at);
  asked.force = job.request.force;
  asked.types = types_;
  std::vector<DatasetStep*> steps_of_datasets;
  const auto add = [&](const Dataset& dataset) {
    auto step = std::make_unique<DatasetStep>(dataset, asked, store_, *fetcher_, copies_, json);
    steps_of_datasets.push_back(step.get());
    plan.steps.push_back(std::move(step));
  };
  if (plan.listed) {
    plan.check = [this, season = asked.season](SystemTime now, const std::stop_token& stop) {
      return store_.look([&](Connection& connection) {
        auto answers = check_season(connection, season, types_, now, stop);
        std::ranges::move(check_whole(connection, now, stop), std::back_inserter(answers));
        return answers;
      });
    };
  }
  const auto& steps = job.request.steps;
  for (const auto* dataset : datasets_of(job.request.sync_type)) {
    if (plan.listed && std::ranges::find(full_, dataset->name) == full_.end()) continue;
    // The scoreboard is of today.
    if (plan.listed && dataset->may_be_live && !asked.in_force) continue;
    if (steps.empty() || std::ranges::find(steps, dataset->name) != steps.end()) add(*dataset);
  }
  if (plan.listed && !plan.steps.empty()) {
    // What decides how much is asked for is read once, for the first: it is nearly all of it.
    plan.look_ahead = [this, asked, ahead = std::move(steps_of_datasets),
                       first = find_dataset(plan.steps.front()->name())](
                          SystemTime now, const std::stop_token& stop) {
      auto facts = asked;
      facts.now = now;
      store_.read(*first, facts, stop);
      for (auto* step : ahead) step->expect(facts);
    };
  }
  return plan;
}

}  // namespace nbasync
