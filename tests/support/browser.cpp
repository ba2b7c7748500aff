#include "support/browser.hpp"

#include <array>
#include <fstream>
#include <stdexcept>

#include "support/free_port.hpp"
#include "support/has_program.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;

constexpr int kCeiling = 30'000;  // milliseconds
constexpr std::chrono::seconds kAnswer{60};
// The name of an element in WebDriver's JSON.
constexpr const char* kElement = "element-6066-11e4-a52e-4f735466cecf";

std::string from_base64(const std::string& text) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char letter : text) {
    const auto value = kLetters.find(letter);
    if (value == kLetters.npos) continue;
    bits = (bits << 6) | static_cast<unsigned>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 0xff);
  }
  return bytes;
}

json capabilities(const Browser::Look& look) {
  const auto size =
      "--window-size=" + std::to_string(look.width) + "," + std::to_string(look.height);
  // The sandbox does not work for root; /dev/shm is small in containers.
  const json arguments = {"--headless=new",       "--no-sandbox",
                          "--disable-gpu",        "--disable-dev-shm-usage",
                          "--disable-extensions", "--disable-background-networking",
                          "--hide-scrollbars",    size};
  return {{"goog:chromeOptions", {{"args", arguments}}},
          {"goog:loggingPrefs", {{"browser", "ALL"}}},
          {"timeouts", {{"script", kCeiling}, {"pageLoad", kCeiling}}}};
}

}  // namespace

bool Browser::is_there() { return has_program("chromium") && has_program("chromedriver"); }

Browser::Browser(const Look& look)
    : port_(free_port()),
      driver_({"env", "TMPDIR=" + folder_.path().string(), "chromedriver",
               "--port=" + std::to_string(port_)}) {
  if (!driver_.wait_for("started successfully")) {
    throw std::runtime_error("chromedriver does not start: " + driver_.out() + driver_.err());
  }
  session_ =
      "/session/" + ask("POST", "/session",
                        {{"capabilities", {{"alwaysMatch", capabilities(look)}}}})["sessionId"]
                        .get<std::string>();
  devtools("Emulation.setDeviceMetricsOverride", {{"width", look.width},
                                                  {"height", look.height},
                                                  {"deviceScaleFactor", 1},
                                                  {"mobile", false}});
  const json dark = {{"name", "prefers-color-scheme"}, {"value", look.dark ? "dark" : "light"}};
  devtools("Emulation.setEmulatedMedia", {{"features", json::array({dark})}});
}

Browser::~Browser() {
  try {
    ask("DELETE", session_);
  } catch (const std::exception&) {
    // It has died already: then there is nothing to end.
  }
}

json Browser::ask(const std::string& method, const std::string& path, const json& body) {
  auto connection = RawConnection::to_port(port_);
  const bool sends = method == "POST";
  connection.send(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                  "\r\nContent-Type: application/json\r\nContent-Length: " +
                  std::to_string(sends ? body.dump().size() : 0) + "\r\n\r\n" +
                  (sends ? body.dump() : ""));
  const auto reply = connection.read_reply(kAnswer);
  auto answer = json::parse(reply.body, nullptr, false);
  if (reply.status != 200 || answer.is_discarded()) {
    throw std::runtime_error(method + " " + path + ": " + reply.body.substr(0, 1000));
  }
  return answer["value"];
}

json Browser::devtools(const std::string& command, const json& parameters) {
  return ask("POST", session_ + "/goog/cdp/execute", {{"cmd", command}, {"params", parameters}});
}

void Browser::open(const std::string& url) { ask("POST", session_ + "/url", {{"url", url}}); }

void Browser::prepare(const std::string& script) {
  devtools("Page.addScriptToEvaluateOnNewDocument", {{"source", script}});
}

json Browser::run(const std::string& script, const json& arguments) {
  return ask("POST", session_ + "/execute/sync", {{"script", script}, {"args", arguments}});
}

bool Browser::wait_for(const std::string& condition) {
  const std::string script =
      "const done = arguments[0]; const end = performance.now() + " +
      std::to_string(kCeiling - 2000) + "; const look = () => { let is = false; try { is = (" +
      condition +
      "); } catch {} if (is || performance.now() > end) done(Boolean(is)); else setTimeout(look, "
      "10); }; look();";
  return ask("POST", session_ + "/execute/async", {{"script", script}, {"args", json::array()}})
      .get<bool>();
}

std::string Browser::find(const std::string& selector) {
  return ask("POST", session_ + "/element",
             {{"using", "css selector"}, {"value", selector}})[kElement];
}

void Browser::click(const std::string& selector) {
  ask("POST", session_ + "/element/" + find(selector) + "/click");
}

void Browser::type(const std::string& selector, const std::string& text) {
  ask("POST", session_ + "/element/" + find(selector) + "/value", {{"text", text}});
}

void Browser::picture(const std::string& path) {
  const auto size = run("return [innerWidth, document.documentElement.scrollHeight]");
  const json clip = {{"x", 0}, {"y", 0}, {"width", size[0]}, {"height", size[1]}, {"scale", 1}};
  const auto shot = devtools("Page.captureScreenshot",
                             {{"format", "png"}, {"captureBeyondViewport", true}, {"clip", clip}});
  std::ofstream(path, std::ios::binary) << from_base64(shot["data"].get<std::string>());
}

std::vector<std::string> Browser::complaints() {
  std::vector<std::string> said;
  for (const auto& entry : ask("POST", session_ + "/se/log", {{"type", "browser"}})) {
    const auto level = entry.value("level", "");
    if (level == "SEVERE" || level == "WARNING") said.push_back(entry.value("message", ""));
  }
  return said;
}

}  // namespace nbasync::testing
