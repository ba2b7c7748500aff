#include "bus/variant.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "protocol/json.hpp"
#include "protocol/status.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

// What a caller reads of this object.
VariantMap sent(const json& object) {
  return sdbus::Variant(dictionary_of(object)).get<VariantMap>();
}

std::string type_of(const sdbus::Variant& value) { return std::string(value.peekValueType()); }

TEST(DictionaryTest, IsSentAsADictionaryOfVariants) {
  EXPECT_EQ(type_of(sdbus::Variant(dictionary_of(json::object()))), "a{sv}");
  EXPECT_TRUE(sent(json::object()).empty());
}

TEST(DictionaryTest, ValuesKeepTheirKind) {
  const auto read = sent({{"text", "a"}, {"yes", true}, {"whole", -7}, {"part", 1.5}});
  ASSERT_EQ(read.size(), 4U);
  EXPECT_EQ(read.at("text").get<std::string>(), "a");
  EXPECT_TRUE(read.at("yes").get<bool>());
  EXPECT_EQ(read.at("whole").get<std::int64_t>(), -7);
  EXPECT_EQ(read.at("part").get<double>(), 1.5);
}

TEST(DictionaryTest, WhatIsNullIsLeftOut) {
  const auto read = sent({{"there", 1}, {"not", nullptr}});
  EXPECT_EQ(read.size(), 1U);
  EXPECT_TRUE(read.contains("there"));
}

TEST(DictionaryTest, ListsAreOfTextsOrOfDictionaries) {
  const auto read = sent(
      {{"texts", {"a", "b"}}, {"objects", {{{"n", 1}}, {{"n", 2}}}}, {"empty", json::array()}});
  EXPECT_EQ(read.at("texts").get<std::vector<std::string>>(), (std::vector<std::string>{"a", "b"}));
  const auto objects = read.at("objects").get<std::vector<VariantMap>>();
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[1].at("n").get<std::int64_t>(), 2);
  EXPECT_EQ(type_of(read.at("empty")), "aa{sv}");
}

TEST(DictionaryTest, ObjectsAreNested) {
  const auto read = sent({{"holder", {{"run_id", "x"}, {"rows", {{"inserted", 3}}}}}});
  const auto holder = read.at("holder").get<VariantMap>();
  EXPECT_EQ(holder.at("run_id").get<std::string>(), "x");
  EXPECT_EQ(holder.at("rows").get<VariantMap>().at("inserted").get<std::int64_t>(), 3);
}

// What a caller reads, with the types of all values.
json read_back(const sdbus::Variant& value) {
  const auto type = type_of(value);
  json content;
  if (type == "a{sv}") {
    for (const auto& [key, member] : value.get<VariantMap>()) content[key] = read_back(member);
  } else if (type == "aa{sv}") {
    content = json::array();
    for (const auto& object : value.get<std::vector<VariantMap>>()) {
      content.push_back(json::object());
      for (const auto& [key, member] : object) content.back()[key] = read_back(member);
    }
  } else if (type == "as") {
    content = value.get<std::vector<std::string>>();
  } else if (type == "s") {
    content = value.get<std::string>();
  } else if (type == "b") {
    content = value.get<bool>();
  } else if (type == "x") {
    content = value.get<std::int64_t>();
  } else {
    content = value.get<double>();
  }
  return {{type, content}};
}

TEST(DictionaryTest, AValueIsSentAsItsJsonIs) {
  protocol::Status status;
  status.version = "0.2";
  status.datasets = {{"teams", SystemTime{}, 1.5, 86'400, true}, {"players", {}, {}, {}, false}};
  status.upstream = {{"stats.nba.com", "ok", 17, 1 << 20}};
  status.schedules.emplace_back().name = "nightly";
  status.current_sync.emplace().run_id = "now";
  status.configuration.restart_needed = {"database.path", "control.socket"};
  auto& run = status.recent_syncs.emplace_back();
  run.run_id = "a";
  run.started_at = SystemTime{};
  run.steps.push_back(run);
  EXPECT_EQ(read_back(sdbus::Variant(dictionary_of(status))),
            read_back(sdbus::Variant(dictionary_of(protocol::to_json(status)))));
}

}  // namespace
}  // namespace nbasync
