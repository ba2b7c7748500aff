#include "doctor/server_checks.hpp"

#include <chrono>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

constexpr std::int64_t kOldest = 150'000;  // as server_version_num has it: 15.0

// Schedules are planned by this host's clock, and requests of all hosts stand in one line.
constexpr double kClockTolerance = 2;  // seconds

// One row: the version in words and as a number, the settings, seconds since 1970.
constexpr const char* kQuestion =
    "SELECT current_setting('server_version'), current_setting('server_version_num'), "
    "current_setting('fsync'), current_setting('full_page_writes'), "
    "current_setting('synchronous_commit'), "
    "extract(epoch FROM clock_timestamp())::double precision";

struct Server {
  std::string version;
  std::int64_t number = 0;
  std::vector<std::string> off;  // of the settings that guard what was acknowledged
  double ahead = 0;              // its clock, of this host's; seconds
};

Server ask(Connection& connection, const Clock& clock, const std::stop_token& stop) {
  Server server;
  const auto asked = clock.wall();
  connection.each(
      kQuestion, {},
      [&](const Row& row) {
        server.version = to_text(row[0]);
        server.number = to_integer(row[1]);
        const char* names[] = {"fsync", "full_page_writes", "synchronous_commit"};
        for (std::size_t s = 0; s < std::size(names); ++s) {
          if (to_text(row[2 + s]) == "off") server.off.emplace_back(names[s]);
        }
        // Between the question and now: half of the way is the best guess.
        const auto middle = asked + (clock.wall() - asked) / 2;
        server.ahead =
            to_real(row[5]) - std::chrono::duration<double>(middle.time_since_epoch()).count();
      },
      stop);
  return server;
}

CheckAnswer version_of(const Server& server) {
  if (server.number >= kOldest) return well(format("PostgreSQL {}", server.version));
  return finding(format("PostgreSQL {}", server.version), "15 is the oldest that is tested");
}

CheckAnswer durability_of(const Server& server) {
  if (server.off.empty()) return well("what the server acknowledges survives its crash");
  return finding(format("off: {}", joined(server.off)),
                 "what the server has acknowledged may be lost in its crash; set them to on in "
                 "postgresql.conf");
}

CheckAnswer clock_of(const Server& server) {
  const auto text = format("the server's clock is {:.1f} s {} this host's", std::abs(server.ahead),
                           server.ahead < 0 ? "behind" : "ahead of");
  if (std::abs(server.ahead) <= kClockTolerance) return well(text);
  return finding(text, "schedules follow this host's clock: have both set by NTP");
}

}  // namespace

CheckAnswers check_server(Connection& connection, const Clock& clock, const std::stop_token& stop) {
  constexpr const char* kServer = "server";
  try {
    const auto server = ask(connection, clock, stop);
    return {named(kServer, version_of(server)), named("server-durability", durability_of(server)),
            named("server-clock", clock_of(server))};
  } catch (const Error& error) {
    if (error.code() == Errc::kCancelled) return {named(kServer, unchecked("it took too long"))};
    return {named(kServer, finding(error.what(), "see that the server runs and answers"))};
  }
}

}  // namespace nbasync
