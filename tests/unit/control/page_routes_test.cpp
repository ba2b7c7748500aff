#include <gmock/gmock.h>

#include "control/page_files.hpp"
#include "http/gzip.hpp"
#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class PageRoutesTest : public ApiFixture {};

TEST_F(PageRoutesTest, ThePageIsThereForEverybodyWhoMayRead) {
  request_.headers.erase("authorization");
  for (const auto listener : {Listener::kSocket, Listener::kReadSocket, Listener::kTcp}) {
    listener_ = listener;
    request_.headers["host"] = "localhost";
    const auto page = ask("GET", "/");
    EXPECT_EQ(page->status(), 200);
    EXPECT_EQ(page->reply->content_type, "text/html; charset=utf-8");
    EXPECT_THAT(page->reply->body, StartsWith("<!doctype html>"));
  }
}

TEST_F(PageRoutesTest, NothingElseMayRunOrFrameIt) {
  const auto page = ask("GET", "/");
  EXPECT_THAT(page->header("Content-Security-Policy"), HasSubstr("default-src 'self';"));
  EXPECT_THAT(page->header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(page->header("Content-Security-Policy"), Not(HasSubstr("unsafe")));
  EXPECT_EQ(page->header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(page->header("Referrer-Policy"), "no-referrer");
  EXPECT_THAT(page->reply->body, Not(HasSubstr("style=")));
  EXPECT_THAT(page->reply->body, Not(HasSubstr("<style")));
  EXPECT_THAT(page->reply->body, Not(HasSubstr(" onclick")));
}

TEST_F(PageRoutesTest, EachFileIsOfItsTypePackedOrNot) {
  for (const auto& file : page_files()) {
    const auto target = "/page/" + std::string(file.name);
    request_.headers["accept-encoding"] = "";
    const auto plain = ask("GET", target);
    EXPECT_EQ(plain->status(), 200) << file.name;
    EXPECT_EQ(plain->reply->content_type, file.content_type);
    EXPECT_EQ(plain->header("Content-Encoding"), "");
    request_.headers["accept-encoding"] = "gzip";
    const auto packed = ask("GET", target);
    const bool is_short = plain->reply->body.size() < kShortestToGzip;
    EXPECT_EQ(packed->header("Content-Encoding"), is_short ? "" : "gzip") << file.name;
    EXPECT_EQ(is_short ? packed->reply->body : gunzip(packed->reply->body), plain->reply->body);
  }
}

TEST_F(PageRoutesTest, WhoHasAFileIsToldSo) {
  for (const auto* coding : {"", "gzip"}) {
    request_.headers["accept-encoding"] = coding;
    request_.headers["if-none-match"] = "";
    const auto tag = ask("GET", "/page/app.js")->header("ETag");
    EXPECT_THAT(tag, Not(IsEmpty()));
    request_.headers["if-none-match"] = tag;
    const auto again = ask("GET", "/page/app.js");
    EXPECT_EQ(again->status(), 304) << coding;
    EXPECT_THAT(again->reply->body, IsEmpty());
    EXPECT_EQ(again->header("Cache-Control"), "no-cache");
  }
}

// It is shown when the daemon can no longer be asked.
TEST_F(PageRoutesTest, IconsAreKept) {
  EXPECT_THAT(ask("GET", "/page/icon-gone.svg")->header("Cache-Control"), HasSubstr("max-age="));
}

TEST_F(PageRoutesTest, WhatIsNotThereIsNamed) {
  const auto reply = ask("GET", "/page/none.js");
  EXPECT_EQ(reply->status(), 404);
  EXPECT_THAT(reply->json()["detail"].get<std::string>(), HasSubstr("none.js"));
}

// What it names is there: no file is forgotten, and none is there for nothing.
TEST_F(PageRoutesTest, EachFileIsNamedByAnother) {
  std::string all;
  for (const auto& file : page_files()) all += gunzip(file.gzipped);
  for (const auto& file : page_files()) {
    if (file.name == "index.html") continue;
    const std::string name(file.name);
    const bool icon = name.starts_with("icon-");
    EXPECT_NE(all.find(icon ? "\"" + name.substr(5, name.size() - 9) + "\"" : "/" + name + "\""),
              std::string::npos)
        << name;
  }
}

}  // namespace
}  // namespace nbasync::testing
