#include "control/openapi.hpp"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "dataset/dictionary.hpp"
#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using Words = std::set<std::string>;

json document() { return json::parse(openapi_document().text); }

template <typename Visit>
void each_operation(const json& document, Visit visit) {
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) visit(method, path, operation);
  }
}

TEST(OpenapiTest, HasEachRouteAndNoOther) {
  Words expected;
  for (const auto& route : routes()) {
    expected.insert(lower(route.method) + ' ' + std::string(route.path.path));
  }
  Words found;
  each_operation(document(), [&](const auto& method, const auto& path, const json&) {
    found.insert(method + ' ' + path);
  });
  EXPECT_EQ(found, expected);
}

TEST(OpenapiTest, EachRouteTellsHowItSucceedsAndFails) {
  each_operation(document(), [](const auto& method, const auto& path, const json& operation) {
    const auto& responses = operation["responses"];
    EXPECT_TRUE(responses.contains("200") || responses.contains("202")) << method << path;
    EXPECT_TRUE(responses.contains("400")) << method << path;
    EXPECT_EQ(operation.contains("security"), method != "get") << path;
    for (const auto& [status, response] : responses.items()) {
      EXPECT_EQ(response.contains("content"), status != "304") << path << status;
    }
  });
}

TEST(OpenapiTest, EachCodeIsOneOfTheTable) {
  const auto whole = document();
  Words known;
  for (const auto& word : whole["components"]["schemas"]["ErrorCode"]["oneOf"]) {
    EXPECT_TRUE(known.insert(word["const"]).second) << word;
    EXPECT_NE(word["description"], "");
  }
  Words used;
  each_operation(whole, [&](const auto&, const auto&, const json& operation) {
    for (const auto& response : operation["responses"]) {
      if (!response.contains("content")) continue;
      const auto& content = response["content"];
      if (!content.contains("application/problem+json")) continue;
      const auto& codes =
          content["application/problem+json"]["schema"]["properties"]["code"]["enum"];
      for (const auto& code : codes) used.insert(code);
    }
  });
  for (const auto& code : used) EXPECT_TRUE(known.contains(code)) << code;
  for (const auto* code : {"sync-in-progress", "queue-full", "first-sync", "changes-gone"}) {
    EXPECT_TRUE(used.contains(code)) << code;
  }
}

TEST(OpenapiTest, EachCellSaysWhatItMeans) {
  const auto schemas = document()["components"]["schemas"];
  Words names{"game_of_a_day"};
  for (const auto& table : dictionary()) names.emplace(table.name);
  for (const auto& name : names) {
    ASSERT_TRUE(schemas.contains(name)) << name;
    for (const auto& [column, schema] : schemas[name]["properties"].items()) {
      EXPECT_NE(schema.value("description", ""), "") << name << ' ' << column;
    }
  }
  EXPECT_EQ(schemas["standings"]["properties"]["wins"]["description"],
            "games won, of the regular season (games)");
}

using OpenapiRouteTest = ApiFixture;

TEST_F(OpenapiRouteTest, IsNotSentAgain) {
  const auto reply = ask("GET", "/api/v1/openapi.json");
  ASSERT_EQ(reply->status(), 200);
  EXPECT_EQ(reply->json()["openapi"], "3.1.0");
  request_.headers["if-none-match"] = reply->header("ETag");
  EXPECT_EQ(ask("GET", "/api/v1/openapi.json")->status(), 304);
}

}  // namespace
}  // namespace nbasync::testing
