#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "ctl/app/arguments.hpp"
#include "fake_client.hpp"
#include "support/fake_clock.hpp"

namespace nbasync::testing {

// Runs a command line against a FakeClient; what it printed is in out and err. It is 12:00 on
// 2026-01-15.
class VerbTest : public ::testing::Test {
 protected:
  // The exit code. Throws what main() would report.
  int run(std::vector<std::string> words) {
    const auto arguments = ctl::parse_arguments(std::move(words));
    ctl::Context context{.client = client,
                         .clock = clock,
                         .out = out,
                         .err = err,
                         .out_terminal = out_terminal,
                         .err_terminal = err_terminal,
                         .json = arguments.json,
                         .quiet = arguments.quiet};
    return arguments.action(context);
  }

  // What a view is given of the daemon's JSON.
  template <typename T>
  static T read(nlohmann::json json) {
    return ctl::answer_of<T>(std::move(json)).value;
  }

  static nlohmann::json a_run(const std::string& status) {
    return {{"run_id", "5f3a1b2c-0000-4000-8000-000000000001"},
            {"sync_type", "teams"},
            {"season", "2025-26"},
            {"status", status},
            {"triggered_by", "dbus"},
            {"requested_at", "2026-01-15T11:59:00.000Z"},
            {"started_at", "2026-01-15T11:59:01.000Z"},
            {"completed_at", "2026-01-15T11:59:03.500Z"},
            {"duration_seconds", 2.5},
            {"thread_id", 7},
            {"records_synced", 30},
            {"inserted_count", 1},
            {"updated_count", 2},
            {"unchanged_count", 27},
            {"deleted_count", 0},
            {"request_count", 2},
            {"bytes_received", 12345},
            {"error_code", nullptr},
            {"error_message", nullptr}};
  }

  FakeClient client;
  FakeClock clock;
  std::ostringstream out;
  std::ostringstream err;
  ctl::Terminal out_terminal;
  ctl::Terminal err_terminal;
};

}  // namespace nbasync::testing
