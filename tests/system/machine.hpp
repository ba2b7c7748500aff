#pragma once

#include <gtest/gtest.h>

#include <iostream>

#include "system/host.hpp"

namespace nbasync::testing {

// The machine of most tests. Each finds it as Host::set_up leaves it.
class Machine : public ::testing::Test, protected Host {
 protected:
  Machine() : Host(NBASYNC_MACHINE) {}

  void SetUp() override {
    if (const auto reason = skipped(); !reason.empty()) GTEST_SKIP() << reason;
    set_up();
  }

  void TearDown() override {
    if (HasFailure()) std::cerr << diagnosis();
  }
};

}  // namespace nbasync::testing
