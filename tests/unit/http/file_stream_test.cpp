#include "http/file_stream.hpp"

#include <fcntl.h>
#include <sys/mman.h>

#include <chrono>

#include "event/thread_pool.hpp"
#include "support/manual_executor.hpp"
#include "support/raw_connection.hpp"
#include "unit/http/server_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

UniqueFd file_with(const std::string& text) {
  UniqueFd file(::memfd_create("sent", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  return file;
}

TEST(FileStreamTest, IsReadABlockAtATimeAndOnAnotherThread) {
  ManualExecutor executor;
  std::string text(FileStream::kBlock, 'a');
  text += "end";
  const auto stream = std::make_shared<FileStream>(executor, file_with(text), nullptr);
  int ready = 0;
  stream->on_ready([&] { ++ready; });
  char buffer[4096];
  EXPECT_EQ(stream->read(buffer, sizeof buffer), 0U) << "it has not been read yet";
  EXPECT_FALSE(stream->is_over());
  std::string got;
  while (!stream->is_over()) {
    ASSERT_EQ(executor.jobs(), 1U) << "one block is asked for, and no more";
    executor.drain();
    while (const auto count = stream->read(buffer, sizeof buffer)) got.append(buffer, count);
  }
  EXPECT_EQ(got, text);
  EXPECT_EQ(ready, 3);
  EXPECT_FALSE(stream->has_failed());
}

TEST(FileStreamTest, AFileThatCannotBeReadIsNotTakenForItsEnd) {
  ManualExecutor executor;
  const auto stream = std::make_shared<FileStream>(
      executor, UniqueFd(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)), nullptr);
  stream->on_ready([] {});
  executor.drain();
  EXPECT_TRUE(stream->is_over());
  EXPECT_TRUE(stream->has_failed());
}

TEST(FileStreamTest, WhatItHoldsGoesWithItAlsoWhileItIsRead) {
  ManualExecutor executor;
  auto held = std::make_shared<int>(7);
  auto stream = std::make_shared<FileStream>(executor, file_with("text"), held);
  stream->on_ready([] {});
  stream.reset();
  EXPECT_EQ(held.use_count(), 1);
  executor.drain();
}

class FileStreamServerTest : public HttpServerFixture {
 protected:
  ThreadPool pool_{loop_, "test-read", 1};
};

TEST_F(FileStreamServerTest, IsSentAsAWhole) {
  std::string text;
  while (text.size() < 2 * FileStream::kBlock + 7) text += "0123456789abcdef";
  handle_ = [&](const HttpRequest&, const Answer& answer) {
    answer({200,
            "text/plain",
            {},
            {},
            std::make_shared<FileStream>(pool_, file_with(text + "the end"), nullptr)});
  };
  send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  read_until("\r\n0\r\n\r\n");
  EXPECT_THAT(got_, HasSubstr("the end\r\n0\r\n\r\n"));
  EXPECT_GT(got_.size(), text.size());
}

// Has always more, and tells its end.
class EndlessStream final : public ReplyStream {
 public:
  EndlessStream(Duration patience, std::function<void()> gone)
      : patience_(patience), gone_(std::move(gone)) {}
  ~EndlessStream() override { gone_(); }

  std::size_t read(char* buffer, std::size_t room) override {
    std::fill_n(buffer, room, 'x');
    return room;
  }
  bool is_over() const override { return false; }
  bool has_failed() const override { return false; }
  Duration patience() const override { return patience_; }
  void on_ready(std::function<void()>) override {}

 private:
  Duration patience_;
  std::function<void()> gone_;
};

TEST_F(FileStreamServerTest, WhoReadsNothingIsLetGoOf) {
  bool gone = false;
  handle_ = [&](const HttpRequest&, const Answer& answer) {
    answer({200, "text/plain", {}, {}, std::make_shared<EndlessStream>(Duration{50}, [&] {
              gone = true;
              loop_.stop();
            })});
  };
  auto idle = RawConnection::to_socket(path_);
  ASSERT_TRUE(idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  loop_.run();
  EXPECT_TRUE(gone);
  EXPECT_TRUE(idle.wait_for_close());
}

// Breaks off before its end.
class BrokenStream final : public ReplyStream {
 public:
  std::size_t read(char* buffer, std::size_t room) override {
    return std::string_view(std::exchange(text_, "")).copy(buffer, room);
  }
  bool is_over() const override { return true; }
  bool has_failed() const override { return true; }
  void on_ready(std::function<void()>) override {}

 private:
  std::string text_ = "a part";
};

TEST_F(FileStreamServerTest, WhatBreaksOffHasNoEnd) {
  handle_ = [&](const HttpRequest&, const Answer& answer) {
    answer({200, "text/plain", {}, {}, std::make_shared<BrokenStream>()});
  };
  send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  read_until("\r\n0\r\n\r\n");
  EXPECT_TRUE(closed_);
  EXPECT_THAT(got_, HasSubstr("a part"));
  EXPECT_THAT(got_, ::testing::Not(HasSubstr("\r\n0\r\n")));
}

}  // namespace
}  // namespace nbasync::testing
