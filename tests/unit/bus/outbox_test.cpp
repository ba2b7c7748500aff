#include "bus/outbox.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <vector>

namespace nbasync {
namespace {

// The other end stands still, and reads when it is told to.
class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sockets_.data()), 0);
    outbox_ = std::make_unique<Outbox>(sockets_[0]);
  }
  ~OutboxTest() override {
    for (const int socket : sockets_) ::close(socket);
  }

  void fill() {
    const std::array<char, 4096> bytes{};
    while (::write(sockets_[0], bytes.data(), bytes.size()) > 0) {
    }
  }
  void read_all() {
    std::array<char, 65536> bytes;
    while (::read(sockets_[1], bytes.data(), bytes.size()) > 0) {
    }
  }
  void send(int number) {
    outbox_->send([this, number] { sent_.push_back(number); });
  }

  std::array<int, 2> sockets_{};
  std::unique_ptr<Outbox> outbox_;
  std::vector<int> sent_;
};

TEST_F(OutboxTest, SendsAtOnceWhileTheOtherEndTakes) {
  send(1);
  EXPECT_EQ(sent_, std::vector{1});
  EXPECT_TRUE(outbox_->is_empty());
  EXPECT_FALSE(outbox_->is_shut());
}

TEST_F(OutboxTest, WaitsWhileItTakesNothing) {
  fill();
  send(1);
  EXPECT_TRUE(sent_.empty());
  EXPECT_TRUE(outbox_->is_shut());
  outbox_->flush();
  EXPECT_TRUE(sent_.empty());
}

TEST_F(OutboxTest, WhatWaitedGoesFirst) {
  fill();
  send(1);
  send(2);
  read_all();
  send(3);
  EXPECT_TRUE(sent_.empty()) << "before those that wait";
  outbox_->flush();
  EXPECT_EQ(sent_, (std::vector{1, 2, 3}));
  EXPECT_TRUE(outbox_->is_empty());
  EXPECT_FALSE(outbox_->is_shut());
}

TEST_F(OutboxTest, StopsWhenTheSocketIsFullAgain) {
  fill();
  outbox_->send([this] { fill(); });
  send(2);
  read_all();
  outbox_->flush();
  EXPECT_TRUE(sent_.empty());
  read_all();
  outbox_->flush();
  EXPECT_EQ(sent_, std::vector{2});
}

TEST_F(OutboxTest, ThatTheOtherEndIsGoneIsTheMessagesAffair) {
  fill();
  send(1);
  ::shutdown(sockets_[1], SHUT_RDWR);
  outbox_->flush();
  EXPECT_EQ(sent_, std::vector{1});
}

TEST_F(OutboxTest, KeepsNoMoreThanItsLimit) {
  fill();
  for (std::size_t i = 0; i < Outbox::kMost + 10; ++i) send(static_cast<int>(i));
  read_all();
  outbox_->flush();
  EXPECT_EQ(sent_.size(), Outbox::kMost);
  EXPECT_EQ(sent_.back(), static_cast<int>(Outbox::kMost) - 1);
  send(1);
  EXPECT_EQ(sent_.size(), Outbox::kMost + 1) << "now there is room";
}

TEST_F(OutboxTest, KeepsNothingAliveOnceItIsClosed) {
  const auto kept = std::make_shared<int>(1);
  fill();
  outbox_->send([kept] {});
  EXPECT_EQ(kept.use_count(), 2);
  outbox_->close();
  outbox_->send([kept] {});
  EXPECT_EQ(kept.use_count(), 1);
  EXPECT_TRUE(outbox_->is_empty());
}

}  // namespace
}  // namespace nbasync
