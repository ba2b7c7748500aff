#include "ctl/transport/socket/http_response.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"

namespace nbasync::ctl {
namespace {

const std::string kSized =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Name:  some words \r\n"
    "content-length: 5\r\n\r\nhello";
const std::string kChunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
    "3\r\nhel\r\nA;name=value\r\nlo, world!\r\n0\r\nTrailer: x\r\n\r\n";

// Whole, and a byte at a time.
class HttpResponseTest : public ::testing::TestWithParam<bool> {
 protected:
  HttpResponse read(const std::string& bytes) {
    HttpResponse response;
    if (GetParam()) {
      response.feed(bytes);
    } else {
      for (const char byte : bytes) response.feed({&byte, 1});
    }
    return response;
  }

  void expect_refused(const std::string& bytes) {
    EXPECT_THROW(
        {
          auto response = read(bytes);
          response.end();
        },
        Error)
        << bytes.substr(0, 200);
  }
};

INSTANTIATE_TEST_SUITE_P(Bytes, HttpResponseTest, ::testing::Bool(),
                         [](const auto& kind) { return kind.param ? "Whole" : "OneByOne"; });

TEST_P(HttpResponseTest, BodyOfALengthEndsThere) {
  const auto response = read(kSized);
  EXPECT_TRUE(response.complete());
  EXPECT_EQ(response.status(), 200);
  EXPECT_EQ(response.header("Content-Type"), "text/plain");
  EXPECT_EQ(response.header("x-name"), "some words");
  EXPECT_EQ(response.header("absent"), "");
  EXPECT_EQ(response.body(), "hello");
}

TEST_P(HttpResponseTest, ChunksAreJoined) {
  const auto response = read(kChunked);
  EXPECT_TRUE(response.complete());
  EXPECT_EQ(response.body(), "hello, world!");
}

TEST_P(HttpResponseTest, BodyWithoutALengthEndsWithTheConnection) {
  auto response = read("HTTP/1.0 200 OK\n\nhello");
  EXPECT_TRUE(response.has_head());
  EXPECT_FALSE(response.complete());
  response.end();
  EXPECT_TRUE(response.complete());
  EXPECT_EQ(response.body(), "hello");
}

TEST_P(HttpResponseTest, AnswersWithoutABodyEndAtTheHead) {
  EXPECT_TRUE(read("HTTP/1.1 204 No Content\r\n\r\n").complete());
  EXPECT_TRUE(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n").complete());
  EXPECT_TRUE(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").complete());
}

TEST_P(HttpResponseTest, GoOnIsNotTheAnswer) {
  const auto response = read("HTTP/1.1 100 Continue\r\nX: 1\r\n\r\n" + kSized);
  EXPECT_EQ(response.status(), 200);
  EXPECT_EQ(response.header("x"), "");
  EXPECT_EQ(response.body(), "hello");
}

TEST_P(HttpResponseTest, EveryEarlyEndIsAnError) {
  for (std::size_t size = 0; size < kSized.size(); ++size) expect_refused(kSized.substr(0, size));
  for (std::size_t size = 0; size < kChunked.size(); ++size) {
    expect_refused(kChunked.substr(0, size));
  }
}

TEST_P(HttpResponseTest, WhatIsNoHttpIsAnError) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  for (const auto& bytes :
       {std::string("SSH-2.0-OpenSSH\r\n"), std::string("HTTP/1.1 2x0 OK\r\n"),
        std::string("HTTP/1.1 099 Low\r\n"), std::string("HTTP/1.1200 OK\r\n"),
        head + "no colon\r\n", head + "Content-Length: 5x\r\n\r\n",
        head + "Content-Length: -5\r\n\r\n", head + "Content-Length: 99999999999\r\n\r\n",
        head + "Transfer-Encoding: gzip\r\n\r\n", head + "Transfer-Encoding: chunked\r\n\r\nx\r\n",
        head + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        head + "X: " + std::string(70'000, 'x') + "\r\n\r\n"}) {
    expect_refused(bytes);
  }
}

TEST_P(HttpResponseTest, HeadsHaveALimit) {
  std::string bytes = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 10'000; ++i) bytes += "X-Header: value\r\n";
  expect_refused(bytes);
}

TEST(HttpResponseBodyTest, TakenPartsOfAStreamAreGone) {
  HttpResponse response;
  response.feed("HTTP/1.1 200 OK\r\n\r\nab");
  EXPECT_EQ(response.take_body(), "ab");
  response.feed("cd");
  EXPECT_EQ(response.take_body(), "cd");
}

}  // namespace
}  // namespace nbasync::ctl
