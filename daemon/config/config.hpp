#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/database_options.hpp"
#include "log/log.hpp"
#include "net/fetcher_options.hpp"
#include "outlet/hook_options.hpp"
#include "schedule/schedule_spec.hpp"
#include "sync/service_options.hpp"

namespace nbasync {

struct DatabaseConfig : DatabaseOptions {
  std::filesystem::path path = "/var/lib/nbasync/nba_data.db";
  int readers = 4;                 // connections that read, and as many threads
  std::optional<std::string> url;  // of a PostgreSQL, instead of the file
  std::optional<std::filesystem::path> password_file;
  std::chrono::milliseconds statement_timeout{30'000};  // how long its answer is waited for

  // Where NOTIFY is heard: kListenAtUrl; kListenOff, and then none is sent; or a URL of its own.
  static constexpr const char* kListenAtUrl = "auto";
  static constexpr const char* kListenOff = "off";
  std::string listen = kListenAtUrl;

  bool operator==(const DatabaseConfig&) const = default;
};

// Of several daemons on one PostgreSQL.
struct ClusterConfig {
  std::string instance;   // this one's name, for people; empty: the host's
  Duration lease{5'000};  // how long a holder that is silent keeps the lock
  Duration poll{1'000};   // from one look at the others to the next
  bool standby = false;   // never takes the lock

  bool operator==(const ClusterConfig&) const = default;
};

struct HttpConfig {
  std::optional<std::string> listen;  // "HOST:PORT"; none: no TCP
  std::optional<std::filesystem::path> token_file;
  std::vector<std::string>
      allowed_hosts;  // beside addresses, localhost and the machine's own names

  bool operator==(const HttpConfig&) const = default;
};

struct ControlConfig {
  std::filesystem::path socket = "/run/nbasync.sock";
  std::optional<std::filesystem::path> read_socket;
  unsigned read_socket_mode = 0666;
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

// Snapshots that are made by themselves: where, and when, in UTC.
struct SnapshotsConfig {
  std::optional<std::filesystem::path> directory;
  std::optional<Cron> cron;
  int keep = 7;  // the newest stay

  bool operator==(const SnapshotsConfig&) const = default;
};

// All that can be configured: the options of the parts, which say their defaults. A default-made
// one is what an empty file gives. A plain value, with absolute paths and valid throughout once
// load_config has returned it.
struct Config {
  DatabaseConfig database;
  ClusterConfig cluster;
  FetcherOptions upstream;
  ServiceOptions sync;
  std::vector<ScheduleSpec> schedules;
  SnapshotsConfig snapshots;
  std::vector<HookOptions> hooks;
  ControlConfig control;
  DBusConfig dbus;
  LogConfig log;

  bool operator==(const Config&) const = default;
};

}  // namespace nbasync
