#pragma once

#include <algorithm>
#include <set>
#include <string>

#include "integration/daemon/client_fixture.hpp"
#include "support/raw_connection.hpp"

namespace nbasync::testing {

inline const nlohmann::json& check_of(const nlohmann::json& diagnosis, const std::string& word) {
  static const nlohmann::json kNone = nlohmann::json::object();
  const auto& checks = diagnosis.at("checks");
  const auto found = std::ranges::find_if(
      checks, [&](const nlohmann::json& each) { return each.at("check") == word; });
  return found == checks.end() ? kNone : *found;
}

// The findings, without those of the machine that the test runs on.
inline std::set<std::string> findings_of(const nlohmann::json& diagnosis) {
  std::set<std::string> words;
  for (const auto& check : diagnosis.at("checks")) {
    if (check.at("status") == "finding") words.insert(check.at("check"));
  }
  words.erase("disk-space");
  words.erase("units");
  words.erase("server-durability");  // the test's own server has none
  return words;
}

// doctor, through the real programs: over the socket, on the bus, and without a daemon.
class DoctorFixture : public ClientFixture {
 protected:
  nlohmann::json get() const {
    return nlohmann::json::parse(
        RawConnection::to_socket(socket_.string()).ask("GET", "/api/v1/doctor").body);
  }
  std::string metrics() const {
    return RawConnection::to_socket(socket_.string()).ask("GET", "/metrics").body;
  }
  int doctor() {
    Process process({NBASYNCD, "--config", config_.string(), "--doctor"});
    const auto status = process.wait();
    out_ = process.out();
    err_ = process.err();
    return status.value_or(-1000);
  }
  void sync() { ASSERT_EQ(once("full"), 0) << out_ << err_; }
};

}  // namespace nbasync::testing
