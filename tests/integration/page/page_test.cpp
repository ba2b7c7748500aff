#include "integration/page/page_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PageTest : public PageFixture {};

// Counts what the page asks for, and lets the test say how the time passes.
constexpr const char* kClock = R"({
  window.asked = [];
  const fetch = window.fetch;
  window.fetch = (path, ...rest) => (window.asked.push(String(path)), fetch(path, ...rest));
  let passed = 0;
  const now = Date.now;
  Date.now = () => now() + passed;
  const seconds = [];
  window.setInterval = (call, ms) => seconds.push({call, ms});
  window.pass = (ms) => {
    for (const end = passed + ms; passed < end; ) {
      passed += 1000;
      for (const each of seconds) if (passed % each.ms === 0) each.call();
    }
  };
})";

TEST_F(PageTest, ItLoadsWithoutAComplaint) {
  open_with_data();
  keep_picture("idle");
  EXPECT_TRUE(shows("#sentence", "idle"));
  EXPECT_TRUE(shows("#about", "one file"));
  EXPECT_TRUE(shows("#datasets", "game logs"));
  EXPECT_TRUE(shows("#timeline-sum", "1 run"));
  EXPECT_TRUE(shows("#recent", "full"));
  EXPECT_TRUE(shows("#changes", "rows"));
  EXPECT_THAT(browser_->complaints(), IsEmpty());
}

TEST_F(PageTest, ItAsksNobodyButTheDaemon) {
  open_with_data();
  keep_picture("idle");
  const auto foreign = browser_->run(
      "return performance.getEntriesByType('resource').map(e => e.name).filter(name => "
      "!name.startsWith(location.origin))");
  EXPECT_EQ(foreign.dump(), "[]");
}

// 120 kB, and so many requests as there are files and questions.
TEST_F(PageTest, ItIsSmall) {
  open_with_data();
  keep_picture("idle");
  const auto files = browser_->run(
      "return performance.getEntriesByType('resource').filter(e => e.name.includes('/page/'))"
      ".map(e => e.encodedBodySize)");
  int size = 0;
  for (const auto& file : files) size += file.get<int>();
  EXPECT_LT(size, 120'000);
  EXPECT_GT(size, 60'000) << "Chart.js alone is larger";
  EXPECT_LE(files.size(), 40U);
  const auto questions = browser_->run(
      "return performance.getEntriesByType('resource').filter(e => "
      "e.name.includes('/api/')).length");
  EXPECT_LE(questions.get<int>(), 8);
}

TEST_F(PageTest, IdleItAsksOnceAMinute) {
  start_daemon();
  ASSERT_EQ(client({"sync", "full"}), 0) << err_;
  start_browser();
  browser_->prepare(kClock);
  browser_->open(address());
  ASSERT_TRUE(browser_->wait_for("document.body.dataset.phase === 'live'"));
  ASSERT_TRUE(
      browser_->wait_for("window.asked.some(path => path.includes('changes')) && "
                         "window.asked.some(path => path.includes('timeline'))"));
  browser_->run("window.asked = []; pass(10 * 60_000 + 1000)");
  const auto asked = browser_->run("return window.asked");
  EXPECT_LE(asked.size(), 10U) << asked.dump();
  EXPECT_GE(asked.size(), 1U) << "what no event tells is asked for";
  for (const auto& path : asked) EXPECT_EQ(path, "api/v1/status");
}

TEST_F(PageTest, ATimeOfAnotherMachineIsRight) {
  start_daemon();
  ASSERT_EQ(client({"sync", "full"}), 0) << err_;
  start_browser();
  browser_->prepare("{ const now = Date.now; Date.now = () => now() - 5 * 3600_000; }");
  browser_->open(address());
  ASSERT_TRUE(browser_->wait_for("document.querySelector('#recent time')"));
  const auto age = text("#recent time");
  EXPECT_THAT(age, ::testing::AnyOf(HasSubstr("just now"), HasSubstr(" s ago"))) << age;
}

// As several daemons over one PostgreSQL tell of each other; that they do, postgres/cluster_test
// shows.
TEST_F(PageTest, OfAClusterItShowsWhoLeads) {
  start_daemon();
  ASSERT_EQ(client({"sync", "full"}), 0) << err_;
  start_browser();
  browser_->prepare(R"({
    const fetch = window.fetch;
    window.fetch = async (path, ...rest) => {
      const answer = await fetch(path, ...rest);
      if (!String(path).endsWith('/status')) return answer;
      const status = await answer.json();
      const seen_at = new Date().toISOString();
      Object.assign(status, {instance: 'two', holder: 'one', instances: [
        {name: 'one', role: 'holder', version: status.version, seen_at},
        {name: 'two', role: 'follower', version: status.version, seen_at},
        {name: 'three', role: 'standby', version: status.version, seen_at}]});
      return new Response(JSON.stringify(status), {headers: {Date: answer.headers.get('Date')}});
    };
  })");
  browser_->open(address());
  EXPECT_TRUE(shows("#instances", "one leads"));
  EXPECT_TRUE(shows("#instances", "two follows (this one)"));
  EXPECT_TRUE(shows("#instances", "three stands by"));
  EXPECT_TRUE(shows("#about", "cluster over PostgreSQL"));
  keep_picture("cluster");
}

class NarrowTest : public PageFixture, public ::testing::WithParamInterface<int> {};

TEST_P(NarrowTest, NothingIsWiderThanTheWindow) {
  open_with_data({.width = GetParam(), .height = GetParam() > 2000 ? 2160 : 800, .dark = true});
  keep_picture("width-" + std::to_string(GetParam()));
  EXPECT_LE(browser_->run("return document.documentElement.scrollWidth").get<int>(), GetParam());
  EXPECT_THAT(browser_->complaints(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Widths, NarrowTest, ::testing::Values(360, 768, 3840));

}  // namespace
}  // namespace nbasync::testing
