#include "http/server.hpp"

#include <vector>

#include "http/exchange.hpp"
#include "support/raw_connection.hpp"
#include "unit/http/server_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

using HttpServerTest = HttpServerFixture;

// What the test puts in comes out; over when it says so.
class TestStream final : public ReplyStream {
 public:
  std::size_t read(char* buffer, std::size_t room) override {
    const auto count = text_.copy(buffer, room);
    text_.erase(0, count);
    return count;
  }
  bool is_over() const override { return over_; }
  void on_ready(std::function<void()> ready) override { ready_ = std::move(ready); }

  void add(const std::string& text) {
    text_ += text;
    ready_();
  }
  void end() {
    over_ = true;
    ready_();
  }

 private:
  std::string text_;
  bool over_ = false;
  std::function<void()> ready_;
};

TEST_F(HttpServerTest, RequestComesTakenApartAndItsReplyGoesBack) {
  HttpRequest seen;
  handle_ = [&](const HttpRequest& request, const Answer& answer) {
    seen = request;
    answer({201, "text/plain", "made.", {{"X-Place", "there"}}, nullptr});
  };
  send("POST /a%20b?c=d HTTP/1.1\r\nHost: x\r\nX-Key: v\r\nContent-Length: 4\r\n\r\nbody");
  read_until("made.");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/a b");
  EXPECT_EQ(seen.query, (std::vector<std::pair<std::string, std::string>>{{"c", "d"}}));
  EXPECT_EQ(seen.header("x-key"), "v");
  EXPECT_EQ(seen.body, "body");
  EXPECT_TRUE(seen.peer.local);
  EXPECT_EQ(seen.peer.uid, ::geteuid());
  EXPECT_THAT(got_, StartsWith("HTTP/1.1 201"));
  EXPECT_THAT(got_, HasSubstr("X-Place: there\r\n"));
  EXPECT_THAT(got_, HasSubstr("Content-Type: text/plain\r\n"));
}

TEST_F(HttpServerTest, AbsoluteTargetSaysWhichHostIsMeant) {
  HttpRequest seen;
  handle_ = [&](const HttpRequest& request, const Answer& answer) {
    seen = request;
    answer({200, "text/plain", "seen.", {}, nullptr});
  };
  send("GET http://there:80/a HTTP/1.1\r\nHost: here\r\n\r\n");
  read_until("seen.");
  EXPECT_EQ(seen.path, "/a");
  EXPECT_EQ(seen.header("host"), "there:80");
}

TEST_F(HttpServerTest, ReplyMayComeLater) {
  Answer held;
  handle_ = [&](const HttpRequest&, const Answer& answer) {
    held = answer;
    loop_.post([&] { held({200, "text/plain", "late.", {}, nullptr}); });
  };
  send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
  read_until("late.");
  EXPECT_THAT(got_, StartsWith("HTTP/1.1 200"));
  held({500, {}, {}, {}, nullptr});  // a second one is thrown away
}

TEST_F(HttpServerTest, ConnectionServesOneRequestAfterAnother) {
  int requests = 0;
  handle_ = [&](const HttpRequest&, const Answer& answer) {
    answer({200, "text/plain", format("number {}.", ++requests), {}, nullptr});
  };
  send("GET /x HTTP/1.1\r\nHost: x\r\n\r\nGET /x HTTP/1.1\r\nHost: x\r\n\r\n");
  read_until("number 2.");
  EXPECT_THAT(got_, HasSubstr("number 1."));
}

TEST_F(HttpServerTest, MalformedRequestIsToldSoByTheApplicationAndTheConnectionEnds) {
  handle_ = [](const HttpRequest&, const Answer&) { FAIL() << "it came through"; };
  send("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n");
  read_until("(the end)");
  EXPECT_TRUE(closed_);
  EXPECT_THAT(got_, StartsWith("HTTP/1.1 499"));
  EXPECT_THAT(got_, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(got_, HasSubstr("malformed: request target /%zz: a '%' needs two"));
}

TEST_F(HttpServerTest, BodyThatIsTooLargeIsToldSoByTheApplication) {
  handle_ = [](const HttpRequest&, const Answer&) { FAIL() << "it came through"; };
  send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n");
  read_until("!");
  EXPECT_THAT(got_, HasSubstr("too large: the request's body is larger than 65536 bytes!"));
}

TEST_F(HttpServerTest, RepliesThatNobodyReadsHaveALimit) {
  constexpr std::size_t kLong = 4 << 20;
  constexpr std::size_t kThatFit = kRepliesInFlight.each / kLong;
  std::size_t asked = 0;
  handle_ = [&](const HttpRequest&, const Answer& answer) {
    answer({200, "text/plain", std::string(kLong, 'a'), {}, nullptr});
    if (++asked == kThatFit) loop_.stop();
  };
  const std::string request = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n";
  std::vector<RawConnection> readers;
  for (std::size_t i = 0; i < kThatFit; ++i) {
    readers.push_back(RawConnection::to_socket(path_));
    readers.back().send(request);
  }
  loop_.run();
  send(request);
  read_until("crowded");
  EXPECT_THAT(got_, HasSubstr("as many requests here as one may have at the same time"));
  readers.clear();
  while (got_.find("HTTP/1.1 200") == std::string::npos) {  // until the server has seen them go
    got_.clear();
    send(request);
    read_until("HTTP/1.1 ");
    read_until(got_.find(" 200 ") == std::string::npos ? "!" : "aaa");
  }
}

TEST_F(HttpServerTest, StreamIsSentAsItComesUntilItIsOver) {
  const auto stream = std::make_shared<TestStream>();
  handle_ = [&](const HttpRequest&, const Answer& answer) {
    answer({200, "text/plain", {}, {}, stream});
    loop_.post([&] { stream->add("one"); });
  };
  send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
  read_until("one");
  stream->add("two");
  read_until("two");
  stream->end();
  read_until("\r\n0\r\n\r\n");  // the last chunk
  EXPECT_FALSE(closed_);
}

TEST_F(HttpServerTest, StopRefusesWhatIsHeldAndThenEnds) {
  bool stopped = false;
  Answer held;
  handle_ = [&](const HttpRequest&, const Answer& answer) {
    held = answer;
    loop_.post([&] {
      server_.stop([&] {
        stopped = true;
        loop_.stop();
      });
    });
  };
  send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
  read_until("stopping: the daemon is shutting down!");
  EXPECT_THAT(got_, StartsWith("HTTP/1.1 499"));
  if (!stopped) loop_.run();
  EXPECT_TRUE(stopped);
}

}  // namespace
}  // namespace nbasync::testing
