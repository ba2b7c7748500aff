#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "control/dispatcher.hpp"
#include "control/event_stream.hpp"
#include "control/handlers.hpp"
#include "control/metrics.hpp"
#include "control/route.hpp"
#include "control/status_text.hpp"
#include "db/lock_file.hpp"
#include "query/answer_cache.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/manual_executor.hpp"
#include "support/small_answers.hpp"
#include "support/sync_parts.hpp"
#include "support/temporary_directory.hpp"
#include "timer/tick.hpp"

namespace nbasync::testing {

inline constexpr const char* kSync = "/api/admin/sync";
inline constexpr const char* kTeams = R"({"sync_type":"teams"})";

// The routes with everything behind them, but without a socket: time and threads are the test's.
class ApiFixture : public ::testing::Test {
 protected:
  // A request's fate: the reply is there once it has been given.
  struct Exchange {
    std::optional<HttpReply> reply;
    int times = 0;

    int status() const { return reply ? reply->status : 0; }
    nlohmann::json json() const { return nlohmann::json::parse(reply->body); }
    std::string header(const std::string& name) const {
      for (const auto& [key, value] : reply->headers) {
        if (key == name) return value;
      }
      return {};
    }
  };

  ApiFixture() {
    answer_with_two_teams(fetcher_);
    request_.headers["authorization"] = "Bearer secret";
    lock_.try_lock("daemon", clock_.wall());
  }

  static ServiceOptions options() {
    ServiceOptions options;
    options.queue_limit = 3;
    options.season = "2025-26";
    options.defaults = {{"full", {std::chrono::seconds(300), false}},
                        {"teams", {std::chrono::seconds(5), true}}};
    return options;
  }

  // Sends a request; it may stay without a reply until the test has let things go on.
  std::shared_ptr<Exchange> send(const std::string& method, const std::string& target,
                                 const std::string& body = {}) {
    auto exchange = std::make_shared<Exchange>();
    const Answer answer = [exchange](HttpReply reply) {
      if (++exchange->times == 1) exchange->reply = std::move(reply);
    };
    auto parsed = parse_target(target);
    request_.method = method;
    request_.path = parsed.path;
    request_.query = parsed.query;
    request_.body = body;
    dispatcher_.handle(request_, listener_, answer);
    executor_.turn();  // of the loop: admissions are told in one of their own
    return exchange;
  }
  // The same, with everything done that there is to do.
  std::shared_ptr<Exchange> ask(const std::string& method, const std::string& target,
                                const std::string& body = {}) {
    auto exchange = send(method, target, body);
    executor_.drain();
    return exchange;
  }

  void pass(Duration time) {
    clock_.advance(time);
    wheel_.advance(to_tick(clock_.steady()));
    executor_.turn();
  }

  TemporaryDirectory directory_;
  std::string database_ = directory_.path() / "nba_data.db";
  FakeClock clock_;
  ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  FakeFetcher fetcher_;
  LockFile lock_{database_};
  SyncParts parts_{database_, executor_, wheel_, clock_, fetcher_, lock_};
  SyncService service_{executor_,  wheel_,         clock_,           parts_.work(),
                       parts_.log, parts_.readers, parts_.history(), options()};
  Doors doors_;
  EventStream events_{wheel_, clock_};
  Metrics metrics_{service_, clock_};
  StatusText status_;
  AnswerCache answers_{parts_.readers};
  Api api_{service_, doors_, parts_.readers, events_, metrics_, status_, answers_, clock_};
  Dispatcher dispatcher_{
      routes(),
      Authorization({"secret", {}}),
      {[this](const Route& route, const Call& call) { route.handler(api_, call); }, [](int) {}}};
  HttpRequest request_;
  Listener listener_ = Listener::kSocket;
};

}  // namespace nbasync::testing
