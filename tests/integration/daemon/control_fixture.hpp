#pragma once

#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "integration/daemon/daemon_fixture.hpp"
#include "support/file_text.hpp"
#include "support/free_port.hpp"
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

  // Adds keys to the section control: ", read_socket: /x".
  void rewrite_control(const std::string& more) {
    std::string text = file_text(config_);
    const auto at = text.find("control: {");
    const auto end = text.find('\n', at);
    text = text.substr(0, end - 1) + more + "}" + text.substr(end);
    std::ofstream(config_) << text;
  }

  // Before the daemon starts. `more`: further keys, ", allowed_hosts: [x]".
  void listen_on_tcp(const std::string& token, const std::string& more = {}) {
    port_ = free_port();
    std::string http = "{listen: \"127.0.0.1:" + std::to_string(port_) + "\"" + more;
    if (!token.empty()) {
      const auto file = directory_.path() / "token";
      std::ofstream(file) << token << "\n";
      http += ", token_file: " + file.string();
    }
    rewrite_control(", http: " + http + "}");
  }
  // The daemon is there: a part of it that comes when it can. Its port may seem free before.
  void await_tcp() const { ASSERT_TRUE(daemon_->wait_for("control address")) << daemon_->err(); }
  RawReply over_tcp(const std::string& method, const std::string& target,
                    const std::string& headers = {}, const std::string& body = {}) const {
    try {
      await_tcp();
      return RawConnection::to_port(port_).ask(method, target, body, headers);
    } catch (const std::exception& error) {
      throw std::runtime_error(std::string(error.what()) + "; the daemon says: " + daemon_->err());
    }
  }

  // Runs this as a user that is nobody here: what it printed. Only root can.
  std::string as_stranger(std::vector<std::string> words) const {
    words.insert(words.begin(), {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
    Process process(words);
    EXPECT_EQ(process.wait(), 0) << process.err();
    return process.out();
  }

  std::uint16_t port_ = 0;
};

}  // namespace nbasync::testing
