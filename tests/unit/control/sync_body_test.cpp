#include "control/sync_body.hpp"

#include <gmock/gmock.h>

#include "base/error.hpp"

namespace nbasync {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

std::string message_of(const std::string& text) {
  try {
    parse_sync_body(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kInvalidArgument);
    return error.what();
  }
  return "(accepted)";
}

TEST(SyncBodyTest, ThePredecessorsRequestIsUnderstood) {
  const auto body = parse_sync_body(R"({"sync_type":"full","season":"2025-26","async":true})");
  EXPECT_EQ(body.sync_type, "full");
  EXPECT_EQ(body.season, "2025-26");
  EXPECT_TRUE(body.async);
  EXPECT_EQ(body.triggered_by, "http");
  EXPECT_FALSE(body.wait || body.timeout || body.if_busy || body.run_timeout || body.dry_run ||
               body.force);
}

TEST(SyncBodyTest, EveryOptionIsTaken) {
  const auto body = parse_sync_body(
      R"({"sync_type":"teams","wait":false,"timeout":1.5,"if_busy":"join","run_timeout":"5m",)"
      R"("dry_run":true,"force":true,"season":null})");
  EXPECT_EQ(body.wait, false);
  EXPECT_EQ(body.timeout, milliseconds(1500));
  EXPECT_EQ(body.if_busy, IfBusy::kJoin);
  EXPECT_EQ(body.run_timeout, std::chrono::minutes(5));
  EXPECT_TRUE(body.dry_run);
  EXPECT_TRUE(body.force);
  EXPECT_FALSE(body.async);
  EXPECT_EQ(body.season, "");
}

TEST(SyncBodyTest, DurationIsSecondsOrAWord) {
  const auto timeout = [](const std::string& value) {
    return parse_sync_body(R"({"sync_type":"x","timeout":)" + value + "}").timeout;
  };
  EXPECT_EQ(timeout("0"), milliseconds(0));
  EXPECT_EQ(timeout("90"), milliseconds(90'000));
  EXPECT_EQ(timeout("\"90\""), milliseconds(90'000));
  EXPECT_EQ(timeout("\"2h30m\""), std::chrono::minutes(150));
}

TEST(SyncBodyTest, WhatIsWrongIsNamed) {
  EXPECT_THAT(message_of(""), HasSubstr("no JSON"));
  EXPECT_THAT(message_of("{"), HasSubstr("no JSON"));
  EXPECT_THAT(message_of("[]"), HasSubstr("JSON object"));
  EXPECT_THAT(message_of("null"), HasSubstr("JSON object"));
  EXPECT_THAT(message_of("{}"), HasSubstr("sync_type"));
  EXPECT_THAT(message_of(R"({"sync_type":5})"), HasSubstr("'sync_type': must be a string"));
  EXPECT_THAT(message_of(R"({"sync_typ":"full"})"), HasSubstr("did you mean 'sync_type'?"));
  EXPECT_THAT(message_of(R"({"sync_type":"x","async":"yes"})"), HasSubstr("'async'"));
  EXPECT_THAT(message_of(R"({"sync_type":"x","if_busy":"push"})"), HasSubstr("queue, fail, join"));
  EXPECT_THAT(message_of(R"({"sync_type":"x","run_timeout":0})"), HasSubstr("more than 0"));
  for (const auto* value : {"-1", "1e99", "true", "[]", "\"soon\"", "\"-5s\"", "604801", "\"8d\"",
                            "\"100000000000d\"", "\"9223372036854775807ms\""}) {
    EXPECT_THAT(message_of(std::string(R"({"sync_type":"x","timeout":)") + value + "}"),
                HasSubstr("timeout"))
        << value;
  }
}

TEST(SyncBodyTest, DeepNestingIsRefusedWithoutRecursion) {
  const std::string deep = R"({"sync_type":)" + std::string(60'000, '[');
  EXPECT_NE(message_of(deep), "(accepted)");
}

TEST(SyncBodyTest, BytesThatAreNoUtf8AreRefused) {
  EXPECT_THAT(message_of("{\"sync_type\":\"\xff\"}"), HasSubstr("no JSON"));
}

}  // namespace
}  // namespace nbasync
