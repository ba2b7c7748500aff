#pragma once

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "integration/daemon/client_fixture.hpp"
#include "protocol/errors.hpp"
#include "support/pgbouncer.hpp"

namespace nbasync::testing {

using nlohmann::json;

// One of several daemons.
struct Member {
  std::string name;
  std::filesystem::path socket;
  std::unique_ptr<Process> process;
};

// Several real daemons over one PostgreSQL, each with a socket of its own. How they reach it,
// NBASYNC_TEST_WAY says: "pooled", through a pgbouncer; "serializable", with that as the isolation
// of whatever says no other; "pooled-serializable", both; else as it comes. What the test itself
// asks comes as it comes.
class ClusterTest : public ClientFixture {
 protected:
  void SetUp() override {
    const char* way = std::getenv("NBASYNC_TEST_WAY");
    const std::string_view word = way == nullptr ? "" : way;
    if (word == "pooled") pool();
    if (word == "pooled-serializable") {
      pool("SET default_transaction_isolation = serializable");
    }
    if (word == "serializable") url_ += "%20-cdefault_transaction_isolation%3Dserializable";
    if (IsSkipped() || word.find("serializable") == word.npos) return;
    ASSERT_EQ(first_column(*look_at(url_), "SHOW transaction_isolation"), "serializable");
  }
  void TearDown() override {
    if (HasFailure() && pooler_) ADD_FAILURE() << pooler_->told();
  }
  // From now on they reach it through a pgbouncer, whose sessions begin with these statements.
  // Skips the test where there is none.
  void pool(const std::string& settings = {}) {
    if (!PgBouncer::is_installed()) GTEST_SKIP() << PgBouncer::kNotInstalled;
    const auto& name = place_.name();
    pooler_.emplace(*PostgresServer::shared(), name.substr(name.rfind("%3D") + 3), settings);
    url_ = pooler_->url();
  }

  Member& start(const std::string& name, const std::string& more = {},
                const std::string& role = "auto") {
    auto& member = members_.emplace_back(
        std::make_unique<Member>(Member{name, directory_.path() / (name + ".sock"), nullptr}));
    const auto file = directory_.path() / (name + ".yaml");
    std::string place = place_.configuration();
    place.replace(place.find("here"), 4, name + ", role: " + role);
    place.replace(place.find("lease: 1s"), 9, "lease: " + lease_ + ", poll: " + poll_);
    place.replace(place.find(place_.name()), place_.name().size(),
                  url_ + "\", listen: \"" + listen_);
    std::ofstream(file) << place << "season: 2025-26\ndbus: {bus: none}\n"
                        << "control: {socket: " << member->socket << "}\n"
                        << "upstream: {stats_url: " << upstream_.stats_url()
                        << ", cdn_url: " << upstream_.cdn_url() << ", min_interval: 0s}\n"
                        << "sync: {on_start: never, full: [teams, schedule]}\n"
                        << more;
    start_again(*member);
    return *member;
  }
  void start_again(Member& member) const {
    member.process = std::make_unique<Process>(std::vector<std::string>{
        NBASYNCD, "--config", (directory_.path() / (member.name + ".yaml")).string()});
    EXPECT_TRUE(member.process->wait_for("daemon started")) << member.process->err();
  }
  Member& start_holder(const std::string& more = {}) {
    auto& member = start("one", more);
    EXPECT_TRUE(member.process->wait_for("the lock is taken")) << member.process->err();
    return member;
  }

  std::unique_ptr<Process> ask(const Member& member, Words words) const {
    words.insert(words.begin(), {NBASYNCCTL, "--socket", member.socket.string()});
    return std::make_unique<Process>(words);
  }
  // To its end: its exit status.
  int tell(const Member& member, Words words) {
    const auto process = ask(member, std::move(words));
    const auto status = process->wait();
    out_ = process->out();
    err_ = process->err();
    return status.value_or(-1000);
  }
  json status(const Member& member) {
    EXPECT_EQ(tell(member, {"status", "--json"}), 0) << err_;
    return json::parse(out_);
  }
  template <typename Condition>
  json status_when(const Member& member, Condition condition) {
    for (int tries = 0; tries < 1'000; ++tries) {
      auto now = status(member);
      if (condition(now)) return now;
    }
    ADD_FAILURE() << "never: " << out_;
    return {};
  }
  static int exit_of(Errc code) { return protocol::names_of(code).exit; }

  // A sync of teams at this one, of which the first answer does not come.
  std::unique_ptr<Process> hold(const Member& member) {
    upstream_.set_fault("*", "hang*1");
    const auto asked = upstream_.count();
    auto client = ask(member, {"sync", "teams", "--json"});
    EXPECT_TRUE(upstream_.wait_for_requests(asked + 1));
    return client;
  }
  std::string runs() const {
    return query(
        "SELECT sync_type, status FROM data_sync_log WHERE run_id NOT LIKE '%/%' ORDER BY "
        "started_at, id");
  }

  // How soon another takes over from the dead. Where nobody dies, however slow the machine is,
  // nobody is to take over.
  static constexpr const char* kSoon = *SANITIZER == '\0' ? "2s" : "5s";
  std::string lease_ = "60s";
  std::string poll_ = "1s";
  std::string url_ = place_.name();
  std::string listen_ = "auto";
  std::optional<PgBouncer> pooler_;
  std::vector<std::unique_ptr<Member>> members_;
};

}  // namespace nbasync::testing
