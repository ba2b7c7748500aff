#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "integration/daemon/control_fixture.hpp"
#include "integration/daemon/openapi_check.hpp"

// The daemon does what its document of the interface says, and the document says all that it does:
// openapi_contract.py sends the requests and judges the answers.

namespace nbasync::testing {
namespace {

class OpenapiTest : public ControlFixture {
 protected:
  void check(const std::vector<std::string>& words) const {
    check_openapi(socket_.string(), words);
  }
};

TEST_F(OpenapiTest, EachListenerServesTheDocument) {
  const auto read_socket = directory_.path() / "read.sock";
  listen_on_tcp("secret");
  rewrite_control(", read_socket: " + read_socket.string());
  start_daemon();
  check({"document_is_served", read_socket.string(), std::to_string(port_)});
}

TEST_F(OpenapiTest, TheDocumentIsValid) {
  start_daemon();
  check_openapi(socket_.string(), {"document_is_valid"}, "jsonschema, openapi_spec_validator");
}

TEST_F(OpenapiTest, EachQuestionIsAnsweredAsDocumented) {
  full_is_all();
  configure(
      "schedules: [{name: nightly, sync: full, every: 1d}]\n"
      "hooks: [{name: site, url: 'http://127.0.0.1:9/'}]\n");
  ASSERT_EQ(once("full"), 0) << err_;
  start_daemon();
  const auto run_id = get("/api/v1/runs")["runs"][0]["run_id"].get<std::string>();
  check({"reads", run_id, "nightly"});
}

TEST_F(OpenapiTest, EachChangeIsAnsweredAsDocumented) {
  listen_on_tcp("secret");
  start_daemon();
  check({"changes", std::to_string(port_)});
}

TEST_F(OpenapiTest, ABusyLockIsToldAsDocumented) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  const auto run_id = start_sync("teams");
  ASSERT_TRUE(upstream_.wait_for_requests(1));
  check({"busy", run_id});
}

TEST_F(OpenapiTest, AFailureOfUpstreamIsToldAsDocumented) {
  start_daemon();
  upstream_.set_body("leaguestandingsv3", "no JSON");
  check({"upstream_fails"});
}

TEST_F(OpenapiTest, EventsComeAsDocumented) {
  start_daemon();
  check({"events"});
}

TEST_F(OpenapiTest, WhatIsNotThereYetIsToldAsDocumented) {
  std::filesystem::remove(drop_ins_ / "00-fixture.yaml");
  upstream_.set_fault("leaguestandingsv3", "hang");
  start_daemon();
  ASSERT_TRUE(upstream_.wait_for_requests(1));
  check({"first_sync"});
}

TEST_F(OpenapiTest, DriftIsFound) {
  start_daemon();
  check({"drift_is_found"});
}

}  // namespace
}  // namespace nbasync::testing
