#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "outlet/hook_options.hpp"

namespace nbasync {

// How one try to tell a hook ended.
struct HookAnswer {
  enum class End {
    kTaken,
    kFailed,   // it is worth another try
    kRefused,  // the same would be refused again
    kBusy,     // the unit is at work: after its end it can be started
  };

  End end = End::kTaken;
  std::string why = {};  // where it is not taken, fit to be shown: no secret of the URL
  std::optional<std::chrono::seconds> retry_after = {};  // the receiver's wish
};

// One try, with this text to tell. Blocking, for the hook's timeout and a little more, or until the
// stop. Any thread; it uses nothing but its arguments, and throws Error.
using HookAttempt =
    std::function<HookAnswer(const HookOptions&, const std::string& text, const std::stop_token&)>;

// Sends the text to the hook's URL. A success is a status 2xx.
HookAnswer post_to_url(const HookOptions& hook, const std::string& text,
                       const std::stop_token& stop);

// Writes the text to the file of the hook's unit, and has systemd start the unit. It has succeeded
// when systemd has taken that up; what becomes of the unit is systemd's to tell. A stop does not
// end a question to the bus, but nothing is done after it.
HookAnswer start_unit(const HookOptions& hook, const std::string& text,
                      const std::stop_token& stop);

// Whichever the hook has.
HookAnswer tell_hook(const HookOptions& hook, const std::string& text, const std::stop_token& stop);

}  // namespace nbasync
