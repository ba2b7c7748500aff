#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "config/header_map.hpp"
#include "dataset/catalog.hpp"
#include "log/log.hpp"
#include "schedule/schedule_spec.hpp"

namespace nbasync {

struct DatabaseConfig {
  enum class Synchronous { kFull, kNormal };

  std::filesystem::path path = "/var/lib/nbasync/nba_data.db";
  Duration busy_timeout = std::chrono::seconds{30};
  Synchronous synchronous = Synchronous::kFull;
  int readers = 4;
  Duration reader_busy_timeout = std::chrono::seconds{60};

  bool operator==(const DatabaseConfig&) const = default;
};

struct UpstreamConfig {
  // http(s)://…, or file:///DIR: offline replay, one file a request. No slash at the end.
  std::string stats_url = "https://stats.nba.com/stats";
  std::string cdn_url = "https://cdn.nba.com/static/json";
  Duration min_interval = std::chrono::milliseconds{600};  // between requests to one host
  Duration connect_timeout = std::chrono::seconds{5};
  Duration timeout = std::chrono::seconds{30};  // of one try
  int retries = 3;                              // tries in all
  std::string user_agent =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/145.0.0.0 Safari/537.36";
  HeaderMap headers = {
      {"Accept", "application/json, text/plain, */*"},
      {"Accept-Language", "en-US,en;q=0.5"},
      {"Origin", "https://www.nba.com"},
      {"Referer", "https://www.nba.com/"},
  };
  std::optional<std::string> proxy;

  bool operator==(const UpstreamConfig&) const = default;
};

struct SyncConfig {
  int queue_limit = 128;
  Duration run_timeout = std::chrono::minutes{30};
  std::map<std::string, LockWait, std::less<>> defaults = default_locks();
  std::map<std::string, Duration, std::less<>> freshness = default_freshness();

  bool operator==(const SyncConfig&) const = default;
};

struct HttpConfig {
  std::optional<std::string> listen;  // "HOST:PORT"; none: no TCP
  std::optional<std::filesystem::path> token_file;

  bool operator==(const HttpConfig&) const = default;
};

struct ControlConfig {
  std::filesystem::path socket = "/run/nbasync.sock";
  HttpConfig http;

  bool operator==(const ControlConfig&) const = default;
};

struct DBusConfig {
  enum class Bus { kSystem, kSession, kNone };

  Bus bus = Bus::kSystem;

  bool operator==(const DBusConfig&) const = default;
};

struct LogConfig {
  log::Level level = log::Level::kInfo;
  log::Format format = log::Format::kAuto;

  bool operator==(const LogConfig&) const = default;
};

// All that can be configured; a default-made one is what an empty file gives. A plain value, with
// absolute paths and valid throughout once load_config has returned it.
struct Config {
  std::string season = "auto";  // or "2025-26"
  DatabaseConfig database;
  UpstreamConfig upstream;
  SyncConfig sync;
  std::vector<ScheduleSpec> schedules;
  ControlConfig control;
  DBusConfig dbus;
  LogConfig log;

  bool operator==(const Config&) const = default;
};

}  // namespace nbasync
