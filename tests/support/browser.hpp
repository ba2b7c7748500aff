#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/process.hpp"
#include "support/raw_connection.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A Chromium without a window, told what to do over its driver (WebDriver). What it is asked for
// and refuses is thrown, as std::runtime_error.
class Browser {
 public:
  struct Look {
    int width = 1440;
    int height = 1000;
    bool dark = false;
  };

  // Whether chromium and chromium-driver are installed.
  static bool is_there();

  explicit Browser(const Look& look);
  Browser() : Browser(Look{}) {}
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  void open(const std::string& url);

  // Runs this before each page's own scripts.
  void prepare(const std::string& script);

  // What the script returns: "return document.title". `arguments` is what it finds under that name.
  nlohmann::json run(const std::string& script,
                     const nlohmann::json& arguments = nlohmann::json::array());

  // Until this expression is true of the page; false at the ceiling of half a minute.
  bool wait_for(const std::string& condition);

  // Clicks where a person would. The one element that the selector means.
  void click(const std::string& selector);
  void type(const std::string& selector, const std::string& text);

  // All of the page as a PNG file.
  void picture(const std::string& path);

  // What the console has said since the last call, of errors and warnings.
  std::vector<std::string> complaints();

 private:
  nlohmann::json ask(const std::string& method, const std::string& path,
                     const nlohmann::json& body = nlohmann::json::object());
  nlohmann::json devtools(const std::string& command, const nlohmann::json& parameters);
  std::string find(const std::string& selector);

  TemporaryDirectory folder_;  // what Chromium leaves there goes with it
  std::uint16_t port_;
  Process driver_;
  std::string session_;
};

}  // namespace nbasync::testing
