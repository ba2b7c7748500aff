#include "log/line_sink.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>

#include "base/unique_fd.hpp"

namespace nbasync {
namespace {

using log::LineSink;

constexpr std::size_t kSmall = 16 * 1024;  // what may wait

// A sink that writes to a pipe, which takes a page.
class LineSinkTest : public ::testing::Test {
 protected:
  LineSinkTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    read_.reset(ends[0]);
    write_.reset(ends[1]);
    EXPECT_EQ(::fcntl(write_.get(), F_SETPIPE_SZ, 4096), 4096);
    sink_.emplace(
        write_.get(), [](std::uint64_t count) { return "lost " + std::to_string(count) + "\n"; },
        kSmall);
  }

  // Reads until this has come; all that was read.
  std::string read_until(const std::string& text) {
    std::string all;
    std::array<char, 4096> buffer{};
    pollfd ready{read_.get(), POLLIN, 0};
    while (all.find(text) == std::string::npos && ::poll(&ready, 1, 30'000) == 1) {
      const auto size = ::read(read_.get(), buffer.data(), buffer.size());
      if (size <= 0) break;
      all.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return all;
  }

  UniqueFd read_;
  UniqueFd write_;
  std::optional<LineSink> sink_;
};

std::string line(int number) { return std::to_string(number) + std::string(93, '.') + "\n"; }

TEST_F(LineSinkTest, LinesComeInTheirOrder) {
  for (int i = 100; i < 110; ++i) sink_->push(line(i));
  std::string all;
  for (int i = 100; i < 110; ++i) all += line(i);
  // A pipe of one page that has something in it may take nothing more: so it is read first.
  EXPECT_EQ(read_until(line(109)), all);
  EXPECT_TRUE(sink_->flush(std::chrono::seconds(30)));
}

TEST_F(LineSinkTest, WhatNobodyReadsIsBoundedAndNobodyWaits) {
  for (int i = 0; i < 10'000; ++i) sink_->push(line(100'000 + i));  // else it ends here
  EXPECT_FALSE(sink_->flush(Duration{10}));
  std::string all = read_until("lost ");
  EXPECT_LT(all.size(), kSmall + 3 * 4096) << "what waited, and what was under way";
  EXPECT_EQ(all.find(line(100'000)), 0U) << "the oldest are kept";

  // At the place of the gap it is told how large it is, and none is told of twice.
  const auto lines = [](const std::string& text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '.') / 93);
  };
  sink_->push("the next\n");
  if (all.find("the next") == std::string::npos) all += read_until("the next\n");
  const auto lost = all.find("lost ");
  EXPECT_EQ(lines(all) + std::stoi(all.substr(lost + 5)), 10'000);
  EXPECT_EQ(all.find("lost ", lost + 1), std::string::npos);
  EXPECT_GT(all.find("the next"), lost);
}

TEST_F(LineSinkTest, ALineLongerThanAPipeTakesAtOnceIsWhole) {
  const std::string text(10'000, 'x');
  sink_->push(text + "\n");
  EXPECT_EQ(read_until("\n"), text + "\n");
}

TEST_F(LineSinkTest, ItsEndDoesNotWaitForAReader) {
  for (int i = 0; i < 100; ++i) sink_->push(line(i));
  sink_.reset();  // else it ends here
}

TEST_F(LineSinkTest, AReaderThatHasGoneIsNoFault) {
  ::signal(SIGPIPE, SIG_IGN);
  read_.reset();
  sink_->push("nobody\n");
  EXPECT_TRUE(sink_->flush(std::chrono::seconds(30)));
}

}  // namespace
}  // namespace nbasync
