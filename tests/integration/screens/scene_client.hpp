#pragma once

#include <poll.h>

#include <chrono>
#include <iostream>
#include <optional>

#include <nlohmann/json.hpp>

#include "support/fake_clock.hpp"
#include "unit/ctl/fake_client.hpp"

namespace nbasync::testing {

// A daemon of which a file says how it is; see tests/screens/scenes. After the events of a run so
// many seconds pass. One that holds then goes on until it is told to stop.
class SceneClient final : public FakeClient {
 public:
  SceneClient(const nlohmann::json& scene, FakeClock& clock)
      : clock_(clock),
        elapsed_(scene.value("elapsed_seconds", 0)),
        holds_(scene.value("hold", false)) {
    const auto take = [&](const char* name, nlohmann::json& place) {
      if (scene.contains(name)) place = scene.at(name);
    };
    take("status", statuses.front());
    take("run", the_run);
    take("explanation", explanation);
    take("games", the_games);
    the_runs = statuses.front().value("recent_syncs", nlohmann::json::array());
    if (scene.contains("ended")) ended = scene.at("ended");
    for (const auto& event : scene.value("events", nlohmann::json::array())) {
      events.push_back({event.at("name"), event.at("data")});
    }
    if (scene.value("disposition", "") == "queued") admission.disposition = Disposition::kQueued;
  }

  std::optional<ctl::Answer<RunRecord>> follow(const ctl::Follow& how) override {
    auto with_time = how;
    with_time.on_tick = [&] {
      clock_.advance(std::chrono::seconds(elapsed_));
      if (how.on_tick) how.on_tick();
    };
    auto end = FakeClient::follow(with_time);
    if (!holds_) return end;
    std::cerr << kDrawn << std::flush;
    pollfd stop{how.stop_fd, POLLIN, 0};
    poll(&stop, 1, -1);
    return std::nullopt;
  }

  // Sets the terminal's title: what was written before is on the screen by then.
  static constexpr const char* kDrawn = "\x1b]2;drawn\x07";

 private:
  FakeClock& clock_;
  int elapsed_;
  bool holds_;
};

}  // namespace nbasync::testing
