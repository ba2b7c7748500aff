#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "ctl/transport/client.hpp"

namespace nbasync::testing {

// A daemon of the test's, as one of the client's back ends reaches it. Answers and handlers are set
// before the first call, and run on a thread of the fake's.
class CtlFake {
 public:
  CtlFake() = default;
  CtlFake(const CtlFake&) = delete;
  CtlFake& operator=(const CtlFake&) = delete;
  virtual ~CtlFake() = default;

  // As the daemon's JSON has them, absent values null.
  nlohmann::json status = nlohmann::json::object();
  nlohmann::json run = nlohmann::json::object();
  nlohmann::json explanation = nlohmann::json::object();
  std::optional<Error> refusal;           // of all that changes something, and Explain
  std::function<void()> on_wait = [] {};  // before the wait for a run is answered
  bool hold_wait = false;                 // then it never is
  std::vector<std::string> calls;         // "pause", "cancel r1", "explain nightly"
  nlohmann::json synced;                  // the last Sync: its options, and sync_type
  nlohmann::json listed;                  // the last list of runs: its filter, and limit

  virtual std::unique_ptr<ctl::Client> make_client() = 0;

  // The daemon comes and goes; go() from the test's thread only.
  virtual void come() = 0;
  virtual void go() = 0;

  // From on_wait.
  virtual void emit(const std::string& event, const nlohmann::json& data) = 0;

 protected:
  void note(std::string call) {
    calls.push_back(std::move(call));
    if (refusal) throw Error(*refusal);
  }
};

}  // namespace nbasync::testing
