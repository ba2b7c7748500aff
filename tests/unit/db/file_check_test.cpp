#include "db/file_check.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>
#include <thread>

namespace nbasync {
namespace {

class FileCheckTest : public ::testing::Test {
 protected:
  // What require() throws; "whole": nothing.
  std::string required(const FileCheck::Read& read, const std::stop_token& stop = {}) {
    try {
      check_.require(read, stop);
      return "whole";
    } catch (const Error& error) {
      return error.what();
    }
  }
  FileCheck::Read throws(const Error& error) {
    return [this, error](const std::stop_token&) {
      ++reads_;
      throw Error(error);
    };
  }
  FileCheck::Read finds_damage() {
    return [this](const std::stop_token&) {
      ++reads_;
      throw FileCheck::Damage(Error(Errc::kStorage, "damaged"));
    };
  }

  FileCheck check_;
  std::atomic<int> reads_ = 0;
  FileCheck::Read reads_well_ = [this](const std::stop_token&) { ++reads_; };
};

TEST_F(FileCheckTest, AWholeFileIsReadOnce) {
  EXPECT_FALSE(check_.is_whole());
  EXPECT_EQ(required(reads_well_), "whole");
  EXPECT_EQ(required(reads_well_), "whole");
  EXPECT_EQ(reads_, 1);
  EXPECT_TRUE(check_.is_whole());
}

TEST_F(FileCheckTest, DamageStaysUntilThereIsAnotherFile) {
  EXPECT_EQ(required(finds_damage()), "damaged");
  EXPECT_EQ(required(reads_well_), "damaged");
  EXPECT_EQ(reads_, 1);
  ASSERT_TRUE(check_.damage());
  EXPECT_FALSE(check_.is_whole());
  check_.renew(false);
  EXPECT_FALSE(check_.damage());
  EXPECT_EQ(required(reads_well_), "whole");
}

TEST_F(FileCheckTest, WhatCouldNotBeReadIsReadAgain) {
  EXPECT_EQ(required(throws(Error(Errc::kStorage, "cannot be read"))), "cannot be read");
  EXPECT_FALSE(check_.damage());
  EXPECT_EQ(required(reads_well_), "whole");
  EXPECT_EQ(reads_, 2);
}

TEST_F(FileCheckTest, OneReadsTheOthersWaitForIt) {
  std::promise<void> begun, go_on;
  const auto slow = [&](const std::stop_token&) {
    ++reads_;
    begun.set_value();
    go_on.get_future().wait();
  };
  std::jthread first([&] { EXPECT_EQ(required(slow), "whole"); });
  begun.get_future().wait();
  std::stop_source cancelled;
  cancelled.request_stop();
  EXPECT_EQ(required(reads_well_, cancelled.get_token()), "database: cancelled");
  std::jthread second([&] { EXPECT_EQ(required(reads_well_), "whole"); });
  go_on.set_value();
  first.join();
  second.join();
  EXPECT_EQ(reads_, 1);
}

}  // namespace
}  // namespace nbasync
