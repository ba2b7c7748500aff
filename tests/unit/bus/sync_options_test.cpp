#include "bus/sync_options.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace nbasync {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

VariantMap with(const std::string& name, const sdbus::Variant& value) { return {{name, value}}; }

template <typename Function>
std::string message_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kInvalidArgument);
    return error.what();
  }
  return "(accepted)";
}

TEST(SyncOptionsTest, WithoutOptionsTheDaemonDecides) {
  const auto request = to_sync_request("teams", {});
  EXPECT_EQ(request.sync_type, "teams");
  EXPECT_EQ(request.triggered_by, "dbus");
  EXPECT_EQ(request.season, "");
  EXPECT_FALSE(request.wait || request.timeout || request.if_busy || request.run_timeout ||
               request.dry_run || request.force || request.interactive || request.async);
}

TEST(SyncOptionsTest, EveryOptionIsTaken) {
  const auto request = to_sync_request("full", {{"season", sdbus::Variant("2025-26")},
                                                {"wait", sdbus::Variant(false)},
                                                {"timeout", sdbus::Variant(1.5)},
                                                {"if_busy", sdbus::Variant("join")},
                                                {"run_timeout", sdbus::Variant(300.0)},
                                                {"dry_run", sdbus::Variant(true)},
                                                {"force", sdbus::Variant(true)},
                                                {"interactive", sdbus::Variant(true)}});
  EXPECT_EQ(request.season, "2025-26");
  EXPECT_EQ(request.wait, false);
  EXPECT_EQ(request.timeout, milliseconds(1500));
  EXPECT_EQ(request.if_busy, IfBusy::kJoin);
  EXPECT_EQ(request.run_timeout, std::chrono::minutes(5));
  EXPECT_TRUE(request.dry_run && request.force && request.interactive);
}

TEST(SyncOptionsTest, WhatIsWrongIsNamed) {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<std::pair<VariantMap, std::string>> rows = {
      {with("seson", sdbus::Variant("x")), "unknown option 'seson'; did you mean 'season'?"},
      {with("async", sdbus::Variant(true)), "unknown option 'async'"},  // of HTTP only
      {with("season", sdbus::Variant(2025)),
       "'season': must be a string (s), not of D-Bus type 'i'"},
      {with("wait", sdbus::Variant("yes")), "'wait': must be a boolean (b), not of D-Bus type 's'"},
      {with("timeout", sdbus::Variant(std::int64_t{5})), "must be a number of seconds (d)"},
      {with("timeout", sdbus::Variant(-1.0)), "-1 is not within 0 and 604800 seconds"},
      {with("timeout", sdbus::Variant(604'801.0)), "is not within 0 and 604800 seconds"},
      {with("timeout", sdbus::Variant(infinity)), "is not within 0 and 604800 seconds"},
      {with("run_timeout", sdbus::Variant(0.0)), "'run_timeout': must be more than 0"},
      {with("if_busy", sdbus::Variant("hope")), "'hope' is none of queue, fail, join"}};
  for (const auto& row : rows) {
    EXPECT_THAT(message_of([&] { to_sync_request("full", row.first); }), HasSubstr(row.second));
  }
}

TEST(SyncOptionsTest, TimeoutOfAWaitIsRoundedUp) {
  EXPECT_EQ(to_wait_limit(2.5), milliseconds(2500));
  EXPECT_EQ(to_wait_limit(0.0001), milliseconds(1));
  EXPECT_EQ(to_wait_limit(0), std::nullopt);
  EXPECT_EQ(to_wait_limit(1e9), std::nullopt);
  EXPECT_EQ(to_wait_limit(std::numeric_limits<double>::infinity()), std::nullopt);
  for (const double wrong : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(message_of([&] { to_wait_limit(wrong); }), StartsWith("timeout: must be"));
  }
}

TEST(SyncOptionsTest, RunsAreFilteredByTypeAndStatus) {
  const auto filter =
      to_run_filter({{"type", sdbus::Variant("teams")}, {"status", sdbus::Variant("failed")}});
  EXPECT_EQ(filter.sync_type, "teams");
  EXPECT_EQ(filter.status, "failed");
  EXPECT_EQ(to_run_filter({}).status, "");
  EXPECT_THAT(message_of([] { to_run_filter(with("status", sdbus::Variant("good"))); }),
              HasSubstr("'good' is no status; known: started, success, failed"));
  EXPECT_THAT(message_of([] { to_run_filter(with("stat", sdbus::Variant("failed"))); }),
              HasSubstr("unknown option 'stat'"));
}

TEST(SyncOptionsTest, ChangesAreThoseAfterANumberUnlessTheNewestAreAsked) {
  const auto question = to_changes_question(
      7, 2, {{"table", sdbus::Variant("games")}, {"corrections", sdbus::Variant(true)}});
  EXPECT_EQ(question.since, 7);
  EXPECT_EQ(question.limit, 2U);
  EXPECT_EQ(question.table, "games");
  EXPECT_TRUE(question.corrections);
  EXPECT_EQ(to_changes_question(7, 0, with("newest", sdbus::Variant(true))).since, std::nullopt);
  EXPECT_EQ(to_changes_question(7, 0, with("newest", sdbus::Variant(false))).since, 7);
  EXPECT_EQ(to_changes_question(0, 0, {}).limit, ChangesQuestion::kDefault);
  EXPECT_EQ(to_changes_question(0, 1'000'000, {}).limit, ChangesQuestion::kMost);
  EXPECT_EQ(to_changes_question(std::numeric_limits<std::uint64_t>::max(), 0, {}).since,
            std::numeric_limits<std::int64_t>::max());
  EXPECT_THAT(message_of([] { to_changes_question(0, 0, with("tabel", sdbus::Variant("x"))); }),
              HasSubstr("unknown option 'tabel'; did you mean 'table'"));
}

}  // namespace
}  // namespace nbasync
