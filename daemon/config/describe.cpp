#include "config/describe.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "base/text.hpp"
#include "config/describe_hooks.hpp"
#include "config/describe_schedules.hpp"
#include "config/network_codec.hpp"
#include "dataset/catalog.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kDay = hours{24};

// What is of a file has no meaning beside a URL.
void check_kind(const DatabaseConfig& config) {
  const DatabaseConfig usual;
  const auto refuse = [](const char* key, const char* why) {
    throw Error(Errc::kInvalidArgument, format("{}: {}", key, why));
  };
  if (!config.url) {
    constexpr const char* kOfAServer = "is of a PostgreSQL, and 'url' names none";
    if (config.password_file) refuse("password_file", kOfAServer);
    if (config.listen != usual.listen) refuse("listen", kOfAServer);
    return;
  }
  constexpr const char* kOfAFile =
      "is of a file, and 'url' names a PostgreSQL; leave out one of them";
  if (config.path != usual.path) refuse("path", kOfAFile);
  if (config.busy_timeout != usual.busy_timeout) refuse("busy_timeout", kOfAFile);
  if (config.reader_busy_timeout != usual.reader_busy_timeout) {
    refuse("reader_busy_timeout", kOfAFile);
  }
  if (config.synchronous_full != usual.synchronous_full) refuse("synchronous", kOfAFile);
}

Key database(DatabaseConfig& config) {
  auto key = section(
      "database",
      {value("path", config.path, file_path()),
       value("busy_timeout", config.busy_timeout, duration(seconds{0}, hours{1})),
       value("synchronous", config.synchronous_full,
             word<bool>({{"full", true}, {"normal", false}})),
       value("readers", config.readers, integer(1, 64)),
       value("reader_busy_timeout", config.reader_busy_timeout, duration(seconds{0}, hours{1})),
       value("url", config.url, optional(postgres_url())),
       value("password_file", config.password_file, optional(file_path())),
       value("statement_timeout", config.statement_timeout, duration(milliseconds{1}, hours{1})),
       value("listen", config.listen,
             postgres_url({DatabaseConfig::kListenAtUrl, DatabaseConfig::kListenOff}))});
  key.check = [&config] { check_kind(config); };
  return key;
}

Key cluster(ClusterConfig& config) {
  return section("cluster",
                 {value("instance", config.instance, header_value()),
                  value("lease", config.lease, duration(seconds{1}, minutes{5})),
                  value("poll", config.poll, duration(milliseconds{50}, minutes{1})),
                  value("role", config.standby, word<bool>({{"auto", false}, {"standby", true}}))});
}

Key header(HeaderMap& headers, const std::string& name) {
  constexpr std::string_view kToken =
      "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (name.empty() || name.find_first_not_of(kToken) != std::string::npos) {
    throw Error(Errc::kInvalidArgument, format("'{}' is no name of a header", excerpt(name)));
  }
  if (strcasecmp(name.c_str(), "User-Agent") == 0) {
    throw Error(Errc::kInvalidArgument, "this header has a key of its own, upstream.user_agent");
  }
  const auto known = headers.try_emplace(name).first;  // perhaps in another case
  constexpr auto kSecret =
      std::to_array<const char*>({"Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key"});
  const bool secret = std::ranges::any_of(
      kSecret, [&](const char* each) { return strcasecmp(name.c_str(), each) == 0; });
  return value(known->first, known->second, secret ? secret_header_value() : header_value());
}

Key headers(HeaderMap& config) {
  Key key = section("headers", {});
  for (const auto& [name, line] : config) key.keys.push_back(header(config, name));
  key.adopt = [&config](const std::string& name) { return header(config, name); };
  return key;
}

Key upstream(FetcherOptions& config) {
  const auto patience = duration(milliseconds{1}, hours{1});
  return section(
      "upstream",
      {value("stats_url", config.stats_url, base_url()),
       value("cdn_url", config.cdn_url, base_url()),
       value("min_interval", config.min_interval, duration(seconds{0}, hours{1})),
       value("connect_timeout", config.connect_timeout, patience),
       value("timeout", config.timeout, patience), value("retries", config.retries, integer(1, 10)),
       value("user_agent", config.user_agent, text()), headers(config.headers),
       value("proxy", config.proxy, optional(proxy_url())),
       value("ca_file", config.ca_file, optional(file_path()))});
}

Codec<SeasonType> season_type() {
  std::vector<std::pair<std::string_view, SeasonType>> words;
  words.reserve(kSeasonTypes.size());
  for (const auto& names : kSeasonTypes) words.emplace_back(names.word, names.type);
  return word<SeasonType>(std::move(words));
}

Codec<std::string> dataset() {
  std::vector<std::pair<std::string_view, std::string>> words;
  for (const auto* each : catalog()) words.emplace_back(each->name, each->name);
  return word<std::string>(std::move(words));
}

// Some of the datasets, each once.
Key full(std::vector<std::string>& config) {
  auto key = list("full", config, dataset());
  key.read = [&config, read = key.read](const YamlNode& node) {
    read(node);
    if (config.empty())
      throw Error(Errc::kInvalidArgument, "a full sync must have something to do");
    auto sorted = config;
    std::ranges::sort(sorted);
    const auto twice = std::ranges::adjacent_find(sorted);
    if (twice != sorted.end()) {
      throw Error(Errc::kInvalidArgument, format("'{}' stands there twice", *twice));
    }
  };
  return key;
}

Key sync(ServiceOptions& config) {
  Key defaults = section("defaults", {});
  for (auto& [type, lock] : config.defaults) {
    defaults.keys.push_back(
        section(type, {value("timeout", lock.timeout, duration(seconds{0}, kDay)),
                       value("wait", lock.wait, truth())}));
  }
  Key freshness = section("freshness", {});
  for (auto& [dataset, age] : config.freshness) {
    freshness.keys.push_back(value(dataset, age, duration(seconds{1}, 366 * kDay)));
  }
  return section("sync",
                 {value("queue_limit", config.queue_limit, integer(1, 10'000)),
                  value("run_timeout", config.run_timeout, duration(seconds{1}, kDay)),
                  full(config.full), list("season_types", config.season_types, season_type()),
                  value("on_start", config.on_start,
                        word<OnStart>({{"if-empty", OnStart::kIfEmpty},
                                       {"never", OnStart::kNotAtAll},
                                       {"always", OnStart::kAlways}})),
                  value("history", config.history, optional(duration(hours{1}, 36'500 * kDay))),
                  std::move(defaults), std::move(freshness)});
}

Key changes(ChangesKept& config) {
  return section("changes",
                 {value("keep", config.keep, optional(duration(hours{1}, 36'500 * kDay))),
                  value("rows", config.rows, integer(1'000, 100'000'000))});
}

// One says where, the other when: alone they are a mistake.
Key snapshots(SnapshotsConfig& config) {
  auto key = section("snapshots", {value("directory", config.directory, optional(file_path())),
                                   value("cron", config.cron, optional(cron())),
                                   value("keep", config.keep, integer(1, 1'000))});
  key.check = [&config] {
    if (config.cron.has_value() == config.directory.has_value()) return;
    throw Error(Errc::kInvalidArgument, config.cron
                                            ? "cron: says when, and 'directory' has to say where"
                                            : "directory: says where, and 'cron' has to say when");
  };
  return key;
}

Key control(ControlConfig& config) {
  return section(
      "control",
      {value("socket", config.socket, file_path()),
       value("read_socket", config.read_socket, optional(file_path())),
       value("read_socket_mode", config.read_socket_mode, file_mode()),
       section("http", {value("listen", config.http.listen, optional(listen_address())),
                        value("token_file", config.http.token_file, optional(file_path())),
                        list("allowed_hosts", config.http.allowed_hosts, host_name())})});
}

Key dbus(DBusConfig& config) {
  using Bus = DBusConfig::Bus;
  return section(
      "dbus",
      {value("bus", config.bus,
             word<Bus>(
                 {{"system", Bus::kSystem}, {"session", Bus::kSession}, {"none", Bus::kNone}}))});
}

Key log_section(LogConfig& config) {
  using log::Format;
  using log::Level;
  return section("log", {value("level", config.level,
                               word<Level>({{"debug", Level::kDebug},
                                            {"info", Level::kInfo},
                                            {"warning", Level::kWarning},
                                            {"error", Level::kError}})),
                         value("format", config.format,
                               word<Format>({{"auto", Format::kAuto},
                                             {"text", Format::kText},
                                             {"journal", Format::kJournal},
                                             {"json", Format::kJson}}))});
}

}  // namespace

std::vector<Key> describe(Config& config) {
  return {value("season", config.sync.season, season()),
          database(config.database),
          cluster(config.cluster),
          upstream(config.upstream),
          sync(config.sync),
          changes(config.sync.changes),
          schedules(config.schedules),
          snapshots(config.snapshots),
          hooks(config.hooks),
          control(config.control),
          dbus(config.dbus),
          log_section(config.log)};
}

}  // namespace nbasync
