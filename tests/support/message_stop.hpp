#pragma once

#include <functional>
#include <map>
#include <string>

#include "support/preload.hpp"

namespace nbasync::testing {

// Where a program halts, once: before it sends the first message with this text to a PostgreSQL, or
// after the server has answered it. When it goes on and the server has answered, it prints
// kAnswered.
struct MessageStop {
  std::string place;  // "before" or "after"
  std::string text;
  std::string by = "stop";     // SIGSTOP; or "kill": SIGKILL
  bool without_guard = false;  // nothing that it writes looks whether the lock is still held
};

inline constexpr const char* kAnswered = "the message was answered";

// Calls `spawn`; what it starts halts there.
inline void with_stop(const MessageStop& stop, const std::function<void()>& spawn) {
  std::map<std::string, std::string> variables{
      {"NBASYNC_STOP", stop.place}, {"NBASYNC_STOP_AT", stop.text}, {"NBASYNC_STOP_BY", stop.by}};
  if (stop.without_guard) variables["NBASYNC_WITHOUT_GUARD"] = "1";
  with_preload(NBASYNC_MESSAGE_STOP, variables, spawn);
}

}  // namespace nbasync::testing
