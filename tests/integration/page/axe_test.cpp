
#include "integration/page/page_fixture.hpp"
#include "support/file_text.hpp"

// Whether everybody can use the page, by axe-core's rules. The gate puts it there (.ci/run).

namespace nbasync::testing {
namespace {

class AxeTest : public PageFixture, public ::testing::WithParamInterface<bool> {
 protected:
  void SetUp() override {
    const char* path = std::getenv("NBASYNC_AXE");
    if (path == nullptr) GTEST_SKIP() << "NBASYNC_AXE does not name axe-core's axe.min.js";
    axe_ = file_text(path);
    ASSERT_FALSE(axe_.empty()) << path;
    PageFixture::SetUp();
  }

  // What it finds, a line each.
  std::string findings() {
    browser_->run(axe_ + "; window.axe = axe");
    browser_->run(
        "window.found = null; axe.run().then(result => window.found = result.violations.map(rule "
        "=> "
        "rule.id + ': ' + rule.nodes.map(node => node.target.join(' ')).join(', ')).join('\\n'))");
    EXPECT_TRUE(browser_->wait_for("window.found !== null"));
    return browser_->run("return window.found");
  }

  std::string axe_;
};

TEST_P(AxeTest, NothingIsFound) {
  open_with_data({.dark = GetParam()});
  keep_picture(GetParam() ? "dark" : "light");
  EXPECT_EQ(findings(), "");
  browser_->click("#schedules-title");
  browser_->run("document.querySelector('#lane-list').open = true");
  browser_->click("#recent button");
  ASSERT_TRUE(shows("#run-body", "success"));
  EXPECT_EQ(findings(), "") << "with a run's window";
}

INSTANTIATE_TEST_SUITE_P(Themes, AxeTest, ::testing::Bool());

}  // namespace
}  // namespace nbasync::testing
