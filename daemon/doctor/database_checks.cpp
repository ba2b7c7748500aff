#include "doctor/database_checks.hpp"

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "db/inspect.hpp"
#include "doctor/server_checks.hpp"
#include "schedule/zone.hpp"

namespace nbasync {
namespace {

CheckAnswer check_log(Connection& connection, const std::stop_token& stop) {
  std::string mode;
  connection.each(
      "PRAGMA journal_mode", {}, [&](const Row& row) { mode = to_text(row[0]); }, stop);
  if (mode == "wal") return well("the database has a write-ahead log");
  return finding(format("the database's journal is {}, not wal", excerpt(mode)),
                 "readers and a sync would wait for each other; with the daemon stopped: sqlite3 "
                 "FILE 'PRAGMA journal_mode = WAL'");
}

CheckAnswer check_file(Connection& connection, const std::string& path,
                       const std::stop_token& stop) {
  check_whole(connection, path, stop);
  return well("the file was read whole, and is in order");
}

template <typename Look>
CheckAnswer answer_of(Look look) {
  try {
    return look();
  } catch (const Error& error) {
    if (error.code() == Errc::kCancelled) return unchecked("it took too long");
    return finding(error.what(), "restore a backup: see nbasyncd(8)");
  }
}

}  // namespace

CheckAnswers check_database(Connection& connection, const std::string& path,
                            const std::stop_token& stop) {
  if (connection.kind() == DatabaseKind::kPostgres) {
    return check_server(connection, RealClock(), stop);
  }
  CheckAnswers answers;
  answers.push_back(
      named("write-ahead-log", answer_of([&] { return check_log(connection, stop); })));
  answers.push_back(
      named("whole-file", answer_of([&] { return check_file(connection, path, stop); })));
  return answers;
}

CheckAnswer check_zones(const std::vector<ScheduleSpec>& schedules) {
  constexpr const char* kWord = "time-zones";
  std::set<std::string> wanted;
  try {
    wanted.insert(league_zone().name());
    for (const auto& schedule : schedules) {
      if (schedule.cron) wanted.insert(schedule.zone.name());
    }
    for (const auto& name : wanted) {
      Zone(name).offset_at({});  // reads its file
    }
  } catch (const std::exception& error) {
    return named(kWord,
                 finding(error.what(), "install the system's time zones: apt-get install tzdata"));
  }
  return named(kWord, well(format("known: {}", joined(wanted))));
}

}  // namespace nbasync
