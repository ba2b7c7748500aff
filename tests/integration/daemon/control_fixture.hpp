#pragma once

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "integration/daemon/daemon_fixture.hpp"
#include "support/raw_connection.hpp"

namespace nbasync::testing {

// The real daemon, asked over its control socket.
class ControlFixture : public DaemonFixture {
 protected:
  using DaemonFixture::DaemonFixture;

  RawConnection connect() const { return RawConnection::to_socket(socket_.string()); }

  RawReply ask(const std::string& method, const std::string& target, const std::string& body = {},
               const std::string& headers = {}) const {
    return connect().ask(method, target, body, headers);
  }
  nlohmann::json get(const std::string& target) const {
    return nlohmann::json::parse(ask("GET", target).body);
  }
  RawReply sync(const std::string& body) const { return ask("POST", "/api/admin/sync", body); }

  // The run id of a sync that was admitted and is not waited for.
  std::string start_sync(const std::string& type) const {
    const auto reply = sync(R"({"sync_type":")" + type + R"(","async":true})");
    EXPECT_EQ(reply.status, 202) << reply.body;
    return nlohmann::json::parse(reply.body).value("run_id", "");
  }

  // Runs curl with the socket: what it printed.
  std::string curl(std::vector<std::string> words) const {
    words.insert(words.begin(), {"curl", "-sS", "--max-time", "30", "--unix-socket", socket_});
    Process process(words);
    EXPECT_EQ(process.wait(), 0) << process.err();
    return process.out();
  }

  void configure(const std::string& yaml) { std::ofstream(config_, std::ios::app) << yaml; }
};

}  // namespace nbasync::testing
