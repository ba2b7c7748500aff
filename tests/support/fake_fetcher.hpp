#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "net/fetcher.hpp"

namespace nbasync::testing {

// A fetcher that answers from a map, by endpoint, and keeps what it was asked.
class FakeFetcher final : public Fetcher {
 public:
  void answer(const std::string& endpoint, std::string body) {
    bodies_[endpoint] = std::move(body);
  }
  // Called before each answer; may throw.
  void on_get(std::function<void(const Request&, std::stop_token)> hook) {
    hook_ = std::move(hook);
  }

  Response get(const Request& request, std::stop_token stop) override {
    asked_.push_back(request.key());
    ++traffic_.requests;
    if (const auto hook = hook_) hook(request, stop);  // which may replace it
    if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
    const auto found = bodies_.find(std::string(request.endpoint()));
    if (found == bodies_.end()) {
      throw Error(Errc::kUpstreamStatus, std::string(request.endpoint()) + ": status 404");
    }
    traffic_.bytes_received += found->second.size();
    return {found->second, found->second.size(), 1};
  }
  Traffic traffic() const override { return traffic_; }

  const std::vector<std::string>& asked() const { return asked_; }

 private:
  std::map<std::string, std::string> bodies_;
  std::function<void(const Request&, std::stop_token)> hook_;
  std::vector<std::string> asked_;
  Traffic traffic_;
};

}  // namespace nbasync::testing
