#include "doctor/examine.hpp"

#include <iterator>
#include <memory>
#include <stop_token>
#include <utility>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "check/data_checks.hpp"
#include "config/postgres_of.hpp"
#include "db/look.hpp"
#include "doctor/database_checks.hpp"
#include "doctor/file_checks.hpp"
#include "doctor/host_checks.hpp"
#include "doctor/unit_checks.hpp"
#include "net/upstream_hosts.hpp"
#include "postgres/postgres_connection.hpp"

namespace nbasync {
namespace {

void add(CheckAnswers& all, CheckAnswers more) { std::ranges::move(more, std::back_inserter(all)); }

// What is stored; a file that a predecessor has left may lack tables and columns.
CheckAnswers stored(Connection& connection, const Config& config, SystemTime now) {
  try {
    return summed_up(check_data(connection, config.sync.season_types, now, {}));
  } catch (const Error& error) {
    return unchecked_data(error.what());
  }
}

void add_database(CheckAnswers& all, CheckAnswers& data, const Config& config, SystemTime now) {
  try {
    const auto path = config.database.path.string();
    std::unique_ptr<Connection> connection;
    if (config.database.url) {
      connection = std::make_unique<PostgresConnection>(postgres_address(config.database));
    } else {
      connection = connect_to_look(path);
    }
    add(all, check_database(*connection, path, {}));
    data = stored(*connection, config, now);
  } catch (const Error& error) {
    all.push_back(named("whole-file", unchecked(error.what())));
    data = unchecked_data("the database could not be read");
  }
}

}  // namespace

protocol::Diagnosis examine(const Config& config) {
  const RealClock clock;
  UpstreamHosts hosts;
  CheckAnswers all;
  if (!config.database.url) all = check_files(config.database.path.string());
  CheckAnswers data;
  add_database(all, data, config, clock.wall());
  all.push_back(check_zones(config.schedules));
  all.push_back(check_units());
  if (config.dbus.bus == DBusConfig::Bus::kNone) {
    all.push_back(named("bus", unchecked("dbus.bus is none")));
  } else {
    all.push_back(check_name(config.dbus.bus == DBusConfig::Bus::kSystem));
  }
  const auto stats = check_host(Host::kStats, config.upstream, clock, hosts, kHostPatience, {});
  const auto cdn = check_host(Host::kCdn, config.upstream, clock, hosts, kHostPatience, {});
  add(all, {stats.answer, cdn.answer, check_clock(stats.ahead, cdn.ahead)});
  add(all, std::move(data));
  return protocol::diagnosis_of(std::move(all), clock.wall());
}

}  // namespace nbasync
