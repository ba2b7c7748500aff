#include "protocol/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "model/sync_event.hpp"
#include "protocol/game.hpp"
#include "protocol/replies.hpp"
#include "protocol/schema.hpp"
#include "protocol/status.hpp"

namespace nbasync::protocol {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using Words = std::set<std::string>;

// Fills in what a list of fields names, with values that its JSON can hold.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  template <typename T>
  T make() {
    T value{};
    fill({""}, value);
    return value;
  }

 private:
  int up_to(int most) { return std::uniform_int_distribution(0, most)(engine_); }

  void fill(const Field&, std::string& text) {
    static const char* kTexts[] = {"", "teams", "a \"quoted\" one", "Dončić", "a\nb"};
    text = kTexts[up_to(4)];
  }
  void fill(const Field&, bool& flag) { flag = up_to(1) == 1; }
  void fill(const Field&, double& number) { number = up_to(100'000) / 8.0; }
  void fill(const Field& field, SystemTime& time) {
    constexpr auto kBegin = std::chrono::sys_days(std::chrono::year(1990) / 1 / 1);
    const bool millis = (field.form & kMillis) != 0;
    time = kBegin + std::chrono::seconds(up_to(2'000'000'000)) +
           std::chrono::milliseconds(millis ? up_to(999) : 0);
  }
  template <std::integral T>
  void fill(const Field&, T& number) {
    number = static_cast<T>(up_to(2'000'000'000));
    if (std::is_signed_v<T> && up_to(3) == 0) number = static_cast<T>(-number);
    if (sizeof(T) == 8 && up_to(3) == 0) number *= 1'000'000;
  }
  template <Worded Enum>
  void fill(const Field&, Enum& value) {
    const auto words = words_of<Enum>();
    value = *parse_word<Enum>(words[static_cast<std::size_t>(up_to(int(words.size()) - 1))]);
  }
  template <typename T>
  void fill(const Field& field, std::optional<T>& value) {
    if (up_to(2) > 0) fill(field, value.emplace());
  }
  template <typename T>
  void fill(const Field& field, std::shared_ptr<const T>& value) {
    if (up_to(2) == 0) return;
    auto pointee = std::make_shared<T>();
    fill(field, *pointee);
    value = std::move(pointee);
  }
  template <typename T>
  void fill(const Field& field, std::vector<T>& list) {
    if (depth_ > 3) return;  // runs have runs
    list.resize(static_cast<std::size_t>(up_to(3)));
    for (auto& item : list) fill(field, item);
  }
  template <Fielded T>
  void fill(const Field&, T& object) {
    ++depth_;
    visit_fields(object, [this](const Field& field, auto& member) { fill(field, member); });
    --depth_;
  }

  std::mt19937 engine_;
  int depth_ = 0;
};

template <typename T>
class JsonTest : public ::testing::Test {};

using Told = ::testing::Types<Status, Explanation, RunRecord, SyncEvent, Game, Problem, Admission,
                              std::vector<RunRecord>, std::vector<ScheduleState>,
                              std::vector<DatasetState>, std::vector<Game>>;
TYPED_TEST_SUITE(JsonTest, Told);

TYPED_TEST(JsonTest, ReadsBackWhatItWrote) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const auto value = Random(seed).make<TypeParam>();
    const auto written = to_json(value);
    const auto again = to_json(from_json<TypeParam>(json::parse(written.dump())));
    ASSERT_EQ(again, written) << seed;
  }
}

TYPED_TEST(JsonTest, NothingReadsAsTheDefault) {
  EXPECT_EQ(to_json(from_json<TypeParam>(json())), to_json(TypeParam{}));
}

template <typename T>
class ObjectJsonTest : public ::testing::Test {};

using Objects =
    ::testing::Types<Status, Explanation, RunRecord, SyncEvent, Game, Problem, Admission>;
TYPED_TEST_SUITE(ObjectJsonTest, Objects);

TYPED_TEST(ObjectJsonTest, KeysOfANewerVersionArePassedOver) {
  const auto written = to_json(Random(1).make<TypeParam>());
  auto newer = written;
  newer["of a newer version"] = {{"any", "thing"}};
  EXPECT_EQ(to_json(from_json<TypeParam>(newer)), written);
}

template <typename T>
class SchemaTest : public ::testing::Test {};

using Described = ::testing::Types<Status, Explanation, SyncEvent, Problem, Admission>;
TYPED_TEST_SUITE(SchemaTest, Described);

TYPED_TEST(SchemaTest, NamesEachKeyThatIsWrittenAndRequiresThoseThatAlwaysAre) {
  auto components = json::object();
  const auto name = schema_of<TypeParam>(components)["$ref"].template get<std::string>();
  const auto& schema = components.at(name.substr(name.rfind('/') + 1));
  std::set<std::string> always;
  for (const auto& [key, member] : schema["properties"].items()) {
    EXPECT_NE(member["description"], "") << key;
    always.insert(key);
  }
  for (unsigned seed = 0; seed < 200; ++seed) {
    const auto written = to_json(Random(seed).make<TypeParam>());
    for (const auto& [key, value] : written.items()) {
      ASSERT_TRUE(schema["properties"].contains(key)) << key;
    }
    std::erase_if(always, [&](const std::string& key) { return !written.contains(key); });
  }
  EXPECT_EQ(json(always), [&] {
    auto required = schema["required"];
    std::sort(required.begin(), required.end());
    return required;
  }());
}

// The bus leaves out what is null.
json on_the_bus(const json& value) {
  if (value.is_array()) {
    auto list = json::array();
    for (const auto& item : value) list.push_back(on_the_bus(item));
    return list;
  }
  if (!value.is_object()) return value;
  auto object = json::object();
  for (const auto& [key, member] : value.items()) {
    if (!member.is_null()) object[key] = on_the_bus(member);
  }
  return object;
}

TYPED_TEST(ObjectJsonTest, WhatTheBusLeavesOutIsAddedAgain) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const auto written = to_json(Random(seed).make<TypeParam>());
    auto restored = on_the_bus(written);
    add_absent<TypeParam>(restored);
    ASSERT_EQ(restored, written) << seed;
  }
}

TEST(AddAbsentTest, EmptyDictionaryIsAnAbsentPart) {
  json status{{"current_sync", json::object()}};
  add_absent<Status>(status);
  EXPECT_EQ(status, (json{{"current_sync", nullptr},
                          {"recent_syncs", json::array()},
                          {"queue", json::array()},
                          {"schedules", json::array()},
                          {"datasets", json::array()},
                          {"upstream", json::array()},
                          {"problems", json::array()},
                          {"hooks", json::array()},
                          {"backfill", nullptr},
                          {"first_sync", nullptr}}));
}

std::string refusal(const json& run) {
  try {
    from_json<RunRecord>(run);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(FromJsonTest, OtherTypesAreRefusedByName) {
  EXPECT_EQ(refusal({{"run_id", 5}}), "'run_id' must be a text");
  EXPECT_EQ(refusal({{"status", true}}), "'status' must be a word");
  EXPECT_EQ(refusal({{"started_at", "yesterday"}}), "'started_at' must be a time");
  EXPECT_EQ(refusal({{"started_at", 5}}), "'started_at' must be a time");
  EXPECT_EQ(refusal({{"duration_seconds", "5"}}), "'duration_seconds' must be a number");
  EXPECT_EQ(refusal({{"dry_run", 1}}), "'dry_run' must be true or false");
  EXPECT_EQ(refusal({{"steps", "none"}}), "'steps' must be a list");
  EXPECT_EQ(refusal({{"steps", {5}}}), "'steps' must be an object");
  for (const auto& number :
       {json(0.5), json(1e19), json(0x1p63), json(std::uint64_t{1} << 63), json("7")}) {
    EXPECT_THAT(refusal({{"thread_id", number}}), HasSubstr("'thread_id' must be a")) << number;
  }
  EXPECT_EQ(refusal({{"thread_id", 7.0}}), "accepted") << "a whole number, however it is written";
  EXPECT_EQ(refusal(json::array()), "'' must be an object");
}

TEST(FromJsonTest, NumbersMayBeAsLargeAsTheirType) {
  const auto most = std::numeric_limits<std::int64_t>::max();
  const auto least = std::numeric_limits<std::int64_t>::min();
  for (const auto number : {most, least, std::int64_t{0}}) {
    EXPECT_EQ(from_json<RunRecord>({{"thread_id", number}}).thread_id, number);
  }
  const json status{{"upstream", {{{"requests", std::numeric_limits<std::uint64_t>::max()}}}}};
  EXPECT_EQ(from_json<Status>(status).upstream.at(0).requests,
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_THROW(from_json<Status>({{"upstream", {{{"requests", -1}}}}}), Error);
}

TEST(FromJsonTest, WordOfANewerVersionIsNoError) {
  EXPECT_EQ(from_json<RunRecord>({{"status", "of a newer version"}}).status, RunStatus::kFailed);
}

Words keys_of(const json& object) {
  Words keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

// What others hold on to.
TEST(JsonKeysTest, AreThoseOfTheContract) {
  Status status;
  status.current_sync.emplace();
  status.recent_syncs.emplace_back();
  status.queue.emplace_back();
  status.schedules.emplace_back();
  status.datasets.emplace_back();
  status.upstream.emplace_back();
  const auto told = to_json(status);
  EXPECT_EQ(keys_of(told),
            (Words{"sync_in_progress", "current_sync", "recent_syncs", "queue", "schedules",
                   "datasets", "upstream", "paused", "backfill", "first_sync", "configuration",
                   "problems", "hooks", "version", "started_at"}));
  EXPECT_EQ(keys_of(told["current_sync"]),
            (Words{"run_id", "sync_type", "season", "started_at", "thread_id", "triggered_by",
                   "step", "percent", "requests_done", "requests_expected"}));
  EXPECT_EQ(keys_of(told["recent_syncs"][0]),
            (Words{"run_id",           "sync_type",       "season",         "status",
                   "triggered_by",     "requested_at",    "started_at",     "completed_at",
                   "duration_seconds", "thread_id",       "records_synced", "inserted_count",
                   "updated_count",    "unchanged_count", "deleted_count",  "request_count",
                   "bytes_received",   "error_code",      "error_message",  "note"}));
  EXPECT_EQ(keys_of(told["queue"][0]),
            (Words{"run_id", "sync_type", "requested_at", "position", "triggered_by"}));
  EXPECT_EQ(keys_of(told["schedules"][0]), (Words{"name", "sync_type", "rule", "next", "last",
                                                  "last_status", "last_run_id", "why"}));
  EXPECT_EQ(keys_of(told["datasets"][0]),
            (Words{"name", "last_success", "age_seconds", "stale_after_seconds", "stale", "begins",
                   "rows", "newest"}));
  EXPECT_EQ(keys_of(told["upstream"][0]), (Words{"host", "state", "requests", "bytes_received"}));
  EXPECT_EQ(keys_of(told["configuration"]), (Words{"loaded_at", "error", "restart_needed"}));
}

TEST(JsonKeysTest, OfAFullAndOfADryRun) {
  RunRecord run;
  run.dry_run = true;
  run.steps.emplace_back();
  const auto told = to_json(run);
  auto keys = keys_of(to_json(RunRecord{}));
  keys.insert({"dry_run", "steps"});
  EXPECT_EQ(keys_of(told), keys);
}

TEST(JsonKeysTest, OfAnExplanation) {
  Explanation explanation;
  explanation.decisions.emplace_back();
  const auto told = to_json(explanation);
  auto keys = keys_of(to_json(std::vector<ScheduleState>(1))[0]);
  keys.insert({"reasons", "decisions"});
  EXPECT_EQ(keys_of(told), keys);
  EXPECT_EQ(keys_of(told["decisions"][0]),
            (Words{"at", "schedule", "sync_type", "decision", "reason", "run_id"}));
}

TEST(ToJsonTest, EmptyTextsAreNullWhereNothingIsKnown) {
  const auto run = to_json(RunRecord{});
  EXPECT_EQ(run["run_id"], "");
  for (const auto* key : {"season", "triggered_by", "error_code", "error_message", "started_at"}) {
    EXPECT_TRUE(run[key].is_null()) << key;
  }
}

TEST(ToJsonTest, TimesOfRunsHaveMilliseconds) {
  RunRecord run;
  run.started_at = parse_utc("2026-01-15T11:59:00.250Z");
  EXPECT_EQ(to_json(run)["started_at"], "2026-01-15T11:59:00.250Z");
  DatasetState dataset;
  dataset.last_success = run.started_at;
  EXPECT_EQ(to_json(std::vector{dataset})[0]["last_success"], "2026-01-15T11:59:00Z");
}

}  // namespace
}  // namespace nbasync::protocol
