#include "http/gzip.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

#include <string>

#include "unit/http/server_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string unpacked(const std::string& packed, std::size_t size) {
  std::string text(size + 1, '\0');
  z_stream stream{};
  EXPECT_EQ(::inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(::inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  ::inflateEnd(&stream);
  return text;
}

TEST(GzipTest, IsUsedWhereItIsWanted) {
  for (const auto* wanted : {"gzip", "GZIP", "deflate, gzip", "br;q=1.0, gzip;q=0.8", "*",
                             "gzip;q=0.001", "identity;q=0, *;q=0.5"}) {
    EXPECT_TRUE(accepts_gzip(wanted)) << wanted;
  }
  for (const auto* not_wanted : {"", "identity", "gzip;q=0", "gzip; q=0.000", "br", "gzipped",
                                 "*;q=0", "*, gzip;q=0", ",", ";"}) {
    EXPECT_FALSE(accepts_gzip(not_wanted)) << not_wanted;
  }
}

TEST(GzipTest, TextComesBackWhole) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919);
  for (const auto& each : {std::string(), std::string("a"), text}) {
    EXPECT_EQ(unpacked(nbasync::gzip(each), each.size()), each);
  }
}

TEST(GzipTest, IsUnpackedAgain) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919);
  for (const auto& each : {std::string(), std::string("a"), std::string(500'000, 'a'), text}) {
    EXPECT_EQ(gunzip(nbasync::gzip(each)), each);
  }
  const auto packed = nbasync::gzip(text);
  EXPECT_THROW(gunzip(std::string_view(packed).substr(0, packed.size() / 2)),
               std::invalid_argument);
  EXPECT_THROW(gunzip("no gzip"), std::invalid_argument);
  EXPECT_THROW(gunzip(""), std::invalid_argument);
}

class GzipReplyTest : public HttpServerFixture {
 protected:
  void ask(const std::string& body, const std::string& header) {
    handle_ = [body](const HttpRequest&, const Answer& answer) {
      answer({200, "text/plain", body, {{"ETag", "\"x\""}}, nullptr});
    };
    send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n");
    read_until("(the end)");
  }
  std::string body() const { return got_.substr(got_.find("\r\n\r\n") + 4); }
};

TEST_F(GzipReplyTest, LongBodyIsPackedForWhoWantsIt) {
  const std::string text(50'000, 'a');
  ask(text, "Accept-Encoding: gzip\r\n");
  EXPECT_THAT(got_, HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_THAT(got_, HasSubstr("Vary: Accept-Encoding\r\n"));
  EXPECT_THAT(got_, HasSubstr("ETag: W/\"x\"\r\n"));
  EXPECT_EQ(unpacked(body(), text.size()), text);
}

TEST_F(GzipReplyTest, VeryLongBodyToo) {
  const std::string text(3'000'000, 'a');
  ask(text, "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(unpacked(body(), text.size()), text);
}

TEST_F(GzipReplyTest, OthersGetItAsItIs) {
  ask(std::string(5000, 'a'), "");
  EXPECT_THAT(got_, Not(HasSubstr("Content-Encoding")));
  EXPECT_THAT(got_, HasSubstr("Vary: Accept-Encoding\r\n"));
  EXPECT_EQ(body(), std::string(5000, 'a'));
}

// A cache has to know that what it keeps is one of two forms.
TEST_F(GzipReplyTest, NotModifiedVariesAsTheBodyDoes) {
  handle_ = [](const HttpRequest&, const Answer& answer) {
    answer({304, {}, {}, {{"ETag", "\"x\""}}, nullptr});
  };
  send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: W/\"x\"\r\n\r\n");
  read_until("(the end)");
  EXPECT_THAT(got_, HasSubstr("HTTP/1.1 304 "));
  EXPECT_THAT(got_, HasSubstr("Vary: Accept-Encoding\r\n"));
}

TEST_F(GzipReplyTest, WhatIsPackedAlreadyIsSentAsItIs) {
  const std::string text(50'000, 'a');
  handle_ = [packed = nbasync::gzip(text)](const HttpRequest&, const Answer& answer) {
    answer({200, "text/plain", packed, {{"Content-Encoding", "gzip"}}, nullptr});
  };
  send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n");
  read_until("(the end)");
  EXPECT_EQ(unpacked(body(), text.size()), text);
  EXPECT_THAT(got_, HasSubstr("Vary: Accept-Encoding\r\n"));
  EXPECT_EQ(got_.find("Content-Encoding"), got_.rfind("Content-Encoding"));
}

TEST_F(GzipReplyTest, ShortBodyIsSentAsItIs) {
  ask("short", "Accept-Encoding: gzip\r\n");
  EXPECT_THAT(got_, Not(HasSubstr("Content-Encoding")));
}

}  // namespace
}  // namespace nbasync::testing
