#include "ctl/transport/socket/socket_client.hpp"

#include <utility>

#include "base/format.hpp"
#include "ctl/transport/socket/download.hpp"
#include "ctl/transport/socket/event_feed.hpp"
#include "ctl/transport/socket/http_exchange.hpp"
#include "ctl/transport/socket/http_json.hpp"
#include "ctl/transport/socket/socket_error.hpp"
#include "ctl/transport/socket/socket_follower.hpp"
#include "model/sync_wish.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;

// The value of an option of a Sync; null for none.
json value_of(const std::string& text) { return text.empty() ? json() : json(text); }
json value_of(bool flag) { return flag ? json(true) : json(); }
json value_of(const std::optional<bool>& flag) { return flag ? json(*flag) : json(); }
json value_of(const std::optional<Duration>& duration) {
  return duration ? json(std::chrono::duration<double>(*duration).count()) : json();
}
template <Worded Enum>
json value_of(const std::optional<Enum>& word) {
  return word ? json(to_string(*word)) : json();
}

// The list itself, or that member of an object.
json list_of(json body, const char* key) {
  return body.is_object() && body.contains(key) ? std::move(body[key]) : std::move(body);
}

// The client that talks HTTP over the socket: a connection for each request, and one for the
// events.
class SocketClient final : public Client {
 public:
  explicit SocketClient(std::string path) : path_(std::move(path)) {}

  Admission sync(const SyncWish& wish) override;
  Answer<Status> status() override { return answer_of<Status>(ask({.target = "/api/v1/status"})); }
  Answer<Status> page(unsigned recent) override {
    return answer_of<Status>(ask({.target = format("/api/v1/status?recent={}", recent)}));
  }
  Answer<RunRecord> run(const std::string& run_id) override {
    return answer_of<RunRecord>(ask({.target = run_target(run_id)}));
  }
  Answer<std::vector<RunRecord>> runs(const RunFilter& filter) override;
  void cancel(const std::string& run_id) override {
    ask({.method = "DELETE", .target = run_target(run_id)});
  }
  std::string version() override { return status()->version; }
  void pause() override { ask({.method = "POST", .target = "/api/v1/pause"}); }
  void resume() override { ask({.method = "POST", .target = "/api/v1/resume"}); }
  void reload() override { ask({.method = "POST", .target = "/api/v1/reload"}); }
  Answer<BackfillBegun> backfill(const std::string& from, const std::string& to) override {
    const json wanted{{"from", from}, {"to", to}};
    return answer_of<BackfillBegun>(
        ask({.method = "POST", .target = "/api/v1/backfill", .body = wanted.dump()}));
  }
  void stop_backfill() override { ask({.method = "DELETE", .target = "/api/v1/backfill"}); }
  Answer<Explanation> explain(const std::string& schedule) override {
    return answer_of<Explanation>(
        ask({.target = "/api/v1/schedules/" + percent_encoded(schedule)}));
  }
  Answer<std::vector<Game>> games(const std::optional<std::string>& date) override;
  Answer<std::vector<Standing>> standings(const std::optional<std::string>& season) override;
  Answer<std::vector<Player>> players(const std::string& name) override;
  Answer<std::vector<PlayerSeason>> player_seasons(std::int64_t player_id) override;
  Answer<std::vector<PlayerGame>> player_games(std::int64_t player_id, unsigned limit) override;
  Answer<Changes> changes(const ChangesQuestion& question) override;
  Answer<Diagnosis> doctor() override {
    return answer_of<Diagnosis>(ask({.target = "/api/v1/doctor"}));
  }
  Answer<std::vector<TableEntry>> schema(const std::string& table) override {
    const auto target =
        "/api/v1/schema" + (table.empty() ? "" : "?table=" + percent_encoded(table));
    return answer_of<std::vector<TableEntry>>(list_of(ask({.target = target}), "tables"));
  }
  void export_table(const ExportQuestion& question, int stop_fd, const Take& take) override;
  void snapshot(int stop_fd, const Take& take) override {
    download(path_, "/api/v1/snapshot", stop_fd, take);
  }
  void listen() override;
  std::optional<Answer<RunRecord>> follow(const Follow& how) override;

 private:
  static std::string run_target(const std::string& run_id) {
    return "/api/v1/runs/" + percent_encoded(run_id);
  }

  json ask(const HttpRequest& request) const;
  std::string path_;
  bool listening_ = false;
  std::optional<EventFeed> feed_;
};

json SocketClient::ask(const HttpRequest& request) const {
  HttpExchange exchange(path_, request);
  exchange.wait_until_complete(steady_clock::now() + kAnswerTime);
  return json_of(exchange.response());
}

Admission SocketClient::sync(const SyncWish& wish) {
  json body{{"sync_type", wish.sync_type}};
  visit_options(wish, [&](const SyncOption& option, const auto& member) {
    if ((option.doors & kHttpDoor) == 0) return;
    if (auto value = value_of(member); !value.is_null()) {
      body[std::string(option.name)] = std::move(value);
    }
  });
  body["async"] = true;
  const auto text = body.dump(-1, ' ', false, json::error_handler_t::replace);
  const auto answer =
      answer_of<Admission>(ask({.method = "POST", .target = "/api/admin/sync", .body = text}));
  return answer.value;
}

Answer<std::vector<RunRecord>> SocketClient::runs(const RunFilter& filter) {
  auto target = format("/api/v1/runs?limit={}", filter.limit);
  if (!filter.sync_type.empty()) target += "&type=" + percent_encoded(filter.sync_type);
  if (!filter.status.empty()) target += "&status=" + percent_encoded(filter.status);
  return answer_of<std::vector<RunRecord>>(list_of(ask({.target = target}), "runs"));
}

Answer<std::vector<Game>> SocketClient::games(const std::optional<std::string>& date) {
  const auto target = "/api/games" + (date ? "?date=" + percent_encoded(*date) : "");
  return answer_of<std::vector<Game>>(list_of(ask({.target = target}), "games"));
}

Answer<std::vector<Standing>> SocketClient::standings(const std::optional<std::string>& season) {
  const auto target = "/api/standings" + (season ? "?season=" + percent_encoded(*season) : "");
  return answer_of<std::vector<Standing>>(list_of(ask({.target = target}), "standings"));
}

Answer<std::vector<Player>> SocketClient::players(const std::string& name) {
  const auto target = "/api/players?name=" + percent_encoded(name);
  return answer_of<std::vector<Player>>(list_of(ask({.target = target}), "players"));
}

Answer<std::vector<PlayerSeason>> SocketClient::player_seasons(std::int64_t player_id) {
  const auto target = format("/api/player-stats?split=all&player={}", player_id);
  return answer_of<std::vector<PlayerSeason>>(list_of(ask({.target = target}), "player_stats"));
}

Answer<std::vector<PlayerGame>> SocketClient::player_games(std::int64_t player_id, unsigned limit) {
  const auto target = format("/api/player-game-logs?type=all&player={}&limit={}", player_id, limit);
  return answer_of<std::vector<PlayerGame>>(list_of(ask({.target = target}), "player_game_logs"));
}

Answer<Changes> SocketClient::changes(const ChangesQuestion& question) {
  auto target = format("/api/v1/changes?limit={}", question.limit);
  if (question.since) target += format("&since={}", *question.since);
  if (!question.table.empty()) target += "&table=" + percent_encoded(question.table);
  if (question.corrections) target += "&corrections=true";
  return answer_of<Changes>(ask({.target = target}));
}

void SocketClient::export_table(const ExportQuestion& question, int stop_fd, const Take& take) {
  auto target = format("/api/v1/export/{}?format={}", percent_encoded(question.table),
                       to_string(question.format));
  if (!question.season.empty()) target += "&season=" + percent_encoded(question.season);
  download(path_, target, stop_fd, take);
}

// A daemon that has enough listeners is asked for its status instead.
void SocketClient::listen() {
  listening_ = true;
  if (feed_) return;
  try {
    feed_.emplace(path_);
  } catch (const SocketUnusable&) {
    throw;
  } catch (const Error&) {  // if it has gone, the next request finds out
  }
}

std::optional<Answer<RunRecord>> SocketClient::follow(const Follow& how) {
  try {
    return SocketFollower(path_, feed_ ? &*feed_ : nullptr, listening_, how).follow();
  } catch (const SocketUnusable& error) {  // what was begun here cannot go on another way
    throw Error(error.code(), error.what());
  }
}

}  // namespace

std::unique_ptr<Client> make_socket_client(std::string path) {
  return std::make_unique<SocketClient>(std::move(path));
}

}  // namespace nbasync::ctl
