#include "outlet/hook.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "net/retry.hpp"
#include "outlet/hook_call.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kFirstPause{1'000};
constexpr int kPatience = 10;  // looks at a unit that is at work, before that is a problem: 3 min

// One daemon asks a receiver: no need for chance.
Duration pause_after(int tries) { return backoff(kFirstPause, tries, 1); }

}  // namespace

Hook::Hook(HookOptions options, Parts parts)
    : options_(std::move(options)), parts_(std::move(parts)), retry_([this] { come_due(); }) {
  state_.name = options_.name;
}

void Hook::fire(const protocol::HookCall& call) {
  waiting_ = merged(std::move(waiting_), call);
  if (!is_coming()) come_due();
}

void Hook::wake() {
  if (waiting_.run_count > 0 && !is_coming()) come_due();
}

bool Hook::is_coming() const { return due_ || retry_.armed() || sending_.run_count > 0; }

void Hook::come_due() {
  due_ = true;
  parts_.due(options_.name);
}

protocol::HookCall Hook::begin() {
  due_ = false;
  sending_ = std::exchange(waiting_, {});
  return sending_;
}

void Hook::ended(const HookAnswer& answer) {
  using End = HookAnswer::End;
  if (answer.end == End::kTaken) return taken();
  const bool has_more = waiting_.run_count > 0;
  waiting_ = merged(std::exchange(sending_, {}), waiting_);
  state_.error = answer.why;
  if (answer.end == End::kBusy) {
    if (++looks_ == kPatience) parts_.told(options_.name, answer.why);
    return try_again(pause_after(looks_));
  }
  looks_ = 0;
  state_.last_failure = parts_.clock.wall();
  ++state_.failures;
  if (answer.end == End::kRefused || ++tries_ >= options_.retries) {
    give_up(answer.why);
    if (has_more) come_due();  // a run that came meanwhile
    return;
  }
  const auto wished =
      std::min<Duration>(answer.retry_after.value_or(std::chrono::seconds{0}), kLongestWait);
  const auto pause = std::max(pause_after(tries_), wished);
  log::warning("hook not told name={} try={}/{} error={}; again in {}", options_.name, tries_,
               options_.retries, in_quotes(answer.why), format_duration(pause));
  try_again(pause);
}

void Hook::taken() {
  log::info("hook told name={} runs={} to_seq={}", options_.name, sending_.run_count,
            sending_.last_seq);
  sending_ = {};
  tries_ = 0;
  looks_ = 0;
  state_.last_success = parts_.clock.wall();
  ++state_.successes;
  state_.error.clear();
  parts_.told(options_.name, "");
  if (waiting_.run_count > 0) come_due();
}

void Hook::try_again(Duration pause) { parts_.wheel.arm(retry_, tick_after(parts_.clock, pause)); }

void Hook::give_up(const std::string& why) {
  tries_ = 0;
  log::error("hook not told name={} error={}; again after the next run that it is for",
             options_.name, in_quotes(why));
  parts_.told(options_.name, why);
}

void Hook::take_over(const Hook& other) {
  state_ = other.state();
  state_.error.clear();
  waiting_ = merged(other.sending_, other.waiting_);
  if (waiting_.run_count > 0) come_due();
}

protocol::HookState Hook::state() const {
  auto state = state_;
  state.pending = waiting_.run_count + sending_.run_count;
  return state;
}

}  // namespace nbasync
