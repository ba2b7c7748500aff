#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "integration/daemon/control_fixture.hpp"
#include "support/browser.hpp"

namespace nbasync::testing {

// The page of a real daemon in a real Chromium. Pictures of it are kept in screens/ of the build's
// folder.
class PageFixture : public ControlFixture {
 protected:
  void SetUp() override {
    if (!Browser::is_there()) GTEST_SKIP() << "no chromium with its chromium-driver here";
    listen_on_tcp("the-token");
  }

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

  // Not before the daemon has its port: the browser's own would be the same.
  void start_browser(const Browser::Look& look = {}) {
    await_tcp();
    browser_ = std::make_unique<Browser>(look);
  }

  // Opens the page; it has heard of the daemon, and asked for all that it shows.
  void open_page(const Browser::Look& look = {}) {
    start_browser(look);
    browser_->open(address());
    ASSERT_TRUE(browser_->wait_for("document.body.dataset.phase === 'live'"));
    ASSERT_TRUE(
        browser_->wait_for("document.querySelector('#games').firstElementChild && "
                           "document.querySelector('#changes').firstElementChild && "
                           "document.querySelector('#timeline-sum').textContent"));
  }

  // The daemon with the demo season's data in it, and the page.
  void open_with_data(const Browser::Look& look = {}) {
    start_daemon();
    ASSERT_EQ(client({"sync", "full"}), 0) << err_;
    open_page(look);
  }

  std::string text(const std::string& selector) {
    return browser_->run("return document.querySelector(arguments[0]).innerText", {selector});
  }
  // Until the text of what the selector means has this in it.
  ::testing::AssertionResult shows(const std::string& selector, const std::string& wanted) {
    const auto found = "document.querySelector(" + nlohmann::json(selector).dump() +
                       ").innerText.toLowerCase().includes(" + nlohmann::json(wanted).dump() +
                       ".toLowerCase())";
    if (browser_->wait_for(found)) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << selector << " is: " << text(selector);
  }
  bool has_tone(const std::string& tone) {
    return browser_->wait_for("document.body.dataset.tone === '" + tone + "'");
  }

  void keep_picture(const std::string& name) {
    const std::filesystem::path folder = NBASYNC_SCREENS;
    std::filesystem::create_directories(folder);
    browser_->run("document.getElementById('charts').scrollIntoView()");
    EXPECT_TRUE(browser_->wait_for("globalThis.Chart || document.body.dataset.phase !== 'live'"));
    browser_->run("scrollTo(0, 0)");
    browser_->picture(folder / (name + ".png"));
  }

  std::unique_ptr<Browser> browser_;
};

}  // namespace nbasync::testing
