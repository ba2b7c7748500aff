#include "sync/dataset_step.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/json_decoder.hpp"
#include "log/log.hpp"
#include "model/sync_wish.hpp"

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
  DatasetStep(const Dataset& dataset, std::string season, Store& store, Fetcher& fetcher,
              std::shared_ptr<JsonDecoder> json)
      : dataset_(dataset),
        season_(std::move(season)),
        store_(store),
        fetcher_(fetcher),
        json_(std::move(json)),
        requests_(dataset.requests(season_)) {}

  std::string_view name() const override { return dataset_.name; }
  std::size_t requests() const override { return requests_.size(); }
  Cost cost() const override { return cost_; }

  void fetch(const std::function<void()>& fetched, const std::stop_token& stop) override {
    for (const auto& request : requests_) {
      if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
      log::debug("fetch dataset={} request={}", dataset_.name, request.endpoint());
      bodies_.push_back(get(request, stop));
      fetched();
    }
  }

  Result store(SystemTime now, const std::stop_token& stop) override {
    const DecodeContext context = store_.context(dataset_, season_, stop);
    const Decoded decoded = dataset_.decode(*json_, std::exchange(bodies_, {}), context);
    if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
    try {
      return {store_.apply(decoded, now, stop), decoded.note};
    } catch (const Error& error) {
      if (error.code() != Errc::kUpstreamEmpty) throw;
      throw Error(error.code(), format("{}: {}", endpoints_of(requests_), error.what()));
    }
  }

 private:
  std::string get(const Request& request, const std::stop_token& stop) {
    const auto before = fetcher_.traffic();
    const auto count = [&] {
      const auto after = fetcher_.traffic();
      cost_.requests += after.requests - before.requests;
      cost_.bytes_received += after.bytes_received - before.bytes_received;
    };
    try {
      auto body = fetcher_.get(request, stop).body;
      bytes_ += body.size();
      if (bytes_ > kMostBytes) {
        throw Error(Errc::kUpstreamMalformed,
                    format("{}: with it, the answers have {} bytes together, and at most {}",
                           request.endpoint(), bytes_, kMostBytes));
      }
      count();
      return body;
    } catch (...) {
      count();
      throw;
    }
  }

  const Dataset& dataset_;
  std::string season_;
  Store& store_;
  Fetcher& fetcher_;
  std::shared_ptr<JsonDecoder> json_;  // one a run: its buffers are used again, and are large
  std::vector<Request> requests_;
  std::vector<std::string> bodies_;
  Cost cost_;
  std::size_t bytes_ = 0;  // of the answers
};

}  // namespace

RunPlan DatasetPlanner::plan(const SyncJob& job) {
  RunPlan plan;
  const auto json = std::make_shared<JsonDecoder>();
  plan.listed = job.request.sync_type == kFullSync;
  const auto add = [&](const Dataset& dataset) {
    plan.steps.push_back(
        std::make_unique<DatasetStep>(dataset, job.request.season, store_, *fetcher_, json));
  };
  const auto& steps = job.request.steps;
  for (const auto* dataset : datasets_of(job.request.sync_type)) {
    if (steps.empty() || std::ranges::find(steps, dataset->name) != steps.end()) add(*dataset);
  }
  return plan;
}

}  // namespace nbasync
