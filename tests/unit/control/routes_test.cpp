#include <gtest/gtest.h>

#include <set>

#include "control/route.hpp"

namespace nbasync {
namespace {

const Route* route_of(std::string_view method, std::string_view path) {
  const auto found = find_route(routes(), method, path);
  const auto* match = std::get_if<RouteMatch>(&found);
  return match == nullptr ? nullptr : match->route;
}

HttpReply reply_of(std::string_view method, std::string_view path) {
  auto found = find_route(routes(), method, path);
  auto* reply = std::get_if<HttpReply>(&found);
  if (reply == nullptr) throw std::runtime_error("there is a route");
  return std::move(*reply);
}

TEST(RoutesTest, EveryRouteOfTheContractIsThere) {
  const std::set<std::pair<std::string_view, std::string_view>> wanted{
      {"GET", "/"},
      {"GET", "/page/app.js"},
      {"GET", "/api/v1/timeline"},
      {"GET", "/api/v1/activity"},
      {"GET", "/api/admin/sync-status"},
      {"POST", "/api/admin/sync"},
      {"GET", "/api/v1/status"},
      {"GET", "/api/v1/runs"},
      {"GET", "/api/v1/runs/1-2"},
      {"DELETE", "/api/v1/runs/1-2"},
      {"POST", "/api/v1/pause"},
      {"POST", "/api/v1/resume"},
      {"POST", "/api/v1/reload"},
      {"GET", "/api/v1/schedules"},
      {"GET", "/api/v1/schedules/x"},
      {"GET", "/api/v1/backfill"},
      {"POST", "/api/v1/backfill"},
      {"DELETE", "/api/v1/backfill"},
      {"GET", "/api/v1/events"},
      {"GET", "/api/v1/changes"},
      {"GET", "/api/v1/doctor"},
      {"GET", "/api/v1/schema"},
      {"GET", "/api/v1/export/games"},
      {"GET", "/api/v1/snapshot"},
      {"GET", "/api/games"},
      {"GET", "/api/teams"},
      {"GET", "/api/standings"},
      {"GET", "/api/team-stats"},
      {"GET", "/api/game-logs"},
      {"GET", "/api/players"},
      {"GET", "/api/player-game-logs"},
      {"GET", "/api/player-stats"},
      {"GET", "/api/schedule"},
      {"GET", "/api/v1/openapi.json"},
      {"GET", "/healthz"},
      {"GET", "/readyz"},
      {"GET", "/metrics"}};
  std::set<const Route*> found;
  for (const auto& [method, path] : wanted) {
    const auto* route = route_of(method, path);
    ASSERT_NE(route, nullptr) << method << " " << path;
    found.insert(route);
  }
  EXPECT_EQ(found.size(), routes().size()) << "a route is in the table but not in the contract";
}

TEST(RoutesTest, WhateverIsNoGetChangesSomething) {
  for (const auto& route : routes()) {
    EXPECT_EQ(route.access == Access::kChange, route.method != "GET") << route.path.path;
  }
}

TEST(RoutesTest, EachIsDescribed) {
  for (const auto& route : routes()) {
    EXPECT_TRUE(route.help.ends_with('.')) << route.path.path;
    std::set<std::string_view> names;
    for (const auto& parameter : route.parameters) {
      EXPECT_FALSE(parameter.help.empty()) << route.path.path << " " << parameter.name;
      EXPECT_TRUE(names.insert(parameter.name).second) << route.path.path << " " << parameter.name;
    }
  }
}

TEST(RoutesTest, NameStandsForOnePartOfThePath) {
  const auto found = find_route(routes(), "GET", "/api/v1/runs/abc-1");
  EXPECT_EQ(std::get<RouteMatch>(found).name, "abc-1");
  EXPECT_EQ(route_of("GET", "/api/v1/runs/"), nullptr);
  EXPECT_EQ(route_of("GET", "/api/v1/runs/a/b"), nullptr);
}

TEST(RoutesTest, PathsAreComparedExactly) {
  for (const auto* path :
       {"", "//", "/page", "/page/", "/page/a/b", "/api", "/api/v1/status/", "//api/v1/status",
        "/API/v1/status", "/api/v1/../v1/status", "/api/v1/status ", "/healthz/x"}) {
    EXPECT_EQ(reply_of("GET", path).status, 404) << path;
  }
}

TEST(RoutesTest, WrongMethodIsToldTheRightOnes) {
  const auto reply = reply_of("PUT", "/api/v1/runs/x");
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.headers.front(),
            (std::pair<std::string, std::string>{"Allow", "GET, HEAD, DELETE"}));
  EXPECT_EQ(reply.content_type, "application/problem+json");
  EXPECT_EQ(reply_of("GET", "/api/admin/sync").headers.front().second, "POST");
  EXPECT_EQ(reply_of("get", "/healthz").status, 405) << "methods have a case";
}

TEST(RoutesTest, HeadIsAskedOfGet) {
  EXPECT_EQ(route_of("HEAD", "/healthz"), route_of("GET", "/healthz"));
  EXPECT_EQ(reply_of("HEAD", "/api/admin/sync").status, 405);
}

}  // namespace
}  // namespace nbasync
