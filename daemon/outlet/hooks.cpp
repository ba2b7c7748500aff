#include "outlet/hooks.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/async.hpp"
#include "base/format.hpp"
#include "log/log.hpp"
#include "outlet/hook_call.hpp"
#include "protocol/json.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr const char* kNoAnswer = "the system gives no answer";
constexpr Duration kMore{5'000};  // than its timeout, until a try counts as lost

std::string part_of(const std::string& name) { return format("hooks.{}", name); }

}  // namespace

Hooks::Hooks(Parts parts)
    : parts_(std::move(parts)), silence_([this] {
        out_.at(under_way_->number).is_lost = true;
        ended(under_way_->number, {HookAnswer::End::kFailed, kNoAnswer});
      }) {}

Hook* Hooks::find(const std::string& name) const {
  const auto found =
      std::ranges::find_if(hooks_, [&](const auto& hook) { return hook->options().name == name; });
  return found == hooks_.end() ? nullptr : found->get();
}

std::unique_ptr<Hook> Hooks::make(const HookOptions& options) {
  return std::make_unique<Hook>(
      options,
      Hook::Parts{parts_.wheel, parts_.clock, [this](const std::string& name) { line_up(name); },
                  [this](const std::string& name, const std::string& why) {
                    parts_.told(part_of(name), why.empty()
                                                   ? std::nullopt
                                                   : std::optional(Error(Errc::kInternal, why)));
                  }});
}

void Hooks::load(const std::vector<HookOptions>& options) {
  if (stopped_) return;
  auto before = std::exchange(hooks_, {});
  for (const auto& each : options) {
    const auto known = std::ranges::find_if(before, [&](const auto& hook) {
      return hook != nullptr && hook->options().name == each.name;
    });
    if (known == before.end()) {
      hooks_.push_back(make(each));
    } else if ((*known)->options() == each) {
      hooks_.push_back(std::move(*known));
      hooks_.back()->wake();
    } else {
      hooks_.push_back(make(each));
      hooks_.back()->take_over(**known);
    }
  }
  for (const auto& gone : before) {
    if (gone == nullptr) continue;
    const auto& name = gone->options().name;
    parts_.told(part_of(name), std::nullopt);
    if (under_way_ && under_way_->name == name) break_off();
  }
  work();
}

void Hooks::changed(const DataChange& change) {
  if (!changes_.empty() && changes_.front().run_id != change.run_id) changes_.clear();
  changes_.push_back(change);
}

void Hooks::finished(const RunRecord& run) {
  if (changes_.empty() || changes_.front().run_id != run.run_id) return;
  const auto changes = std::exchange(changes_, {});
  for (const auto& hook : hooks_) {
    if (!fires(hook->options(), changes)) continue;
    const auto& name = hook->options().name;
    if (stopped_) {
      log::warning("hook not told name={} run={}: the daemon stops", name, run.run_id);
    } else {
      hook->fire(make_call(name, run, changes));
    }
  }
}

std::vector<protocol::HookState> Hooks::states() const {
  std::vector<protocol::HookState> states;
  states.reserve(hooks_.size());
  for (const auto& hook : hooks_) states.push_back(hook->state());
  return states;
}

void Hooks::stop() {
  if (std::exchange(stopped_, true)) return;
  break_off();
  for (const auto& state : states()) {
    if (state.pending == 0) continue;
    log::warning("hook not told name={} runs={}: the daemon stops", state.name, state.pending);
  }
}

void Hooks::line_up(const std::string& name) {
  line_.push_back(name);
  parts_.executor.post([this] { work(); });
}

void Hooks::work() {
  while (!under_way_ && !stopped_ && !line_.empty()) {
    auto* hook = find(line_.front());
    line_.pop_front();
    if (hook == nullptr || !hook->is_due() || has_to_wait(hook->options().name)) continue;
    begin(*hook);
  }
}

// Until the try before has come back: so they are no more threads than hooks, and no two write one
// unit's file.
bool Hooks::has_to_wait(const std::string& name) {
  const auto before =
      std::ranges::find_if(out_, [&](const auto& out) { return out.second.name == name; });
  if (before == out_.end()) return false;
  if (before->second.is_lost) parts_.told(part_of(name), Error(Errc::kInternal, kNoAnswer));
  return true;
}

void Hooks::begin(Hook& hook) {
  const auto& options = hook.options();
  under_way_.emplace(UnderWay{++last_number_, options.name, {}});
  out_.emplace(last_number_, Out{options.name});
  parts_.wheel.arm(silence_, tick_after(parts_.clock, options.timeout + kMore));
  async(
      parts_.executor,
      [attempt = parts_.attempt, options, stop = under_way_->stop.get_token(),
       text = protocol::to_json(hook.begin()).dump()] { return attempt(options, text, stop); },
      [this, number = last_number_](const Result<HookAnswer>& result) {
        came_back(number);
        const auto* error = error_of(result);
        ended(number, error == nullptr ? std::get<HookAnswer>(result)
                                       : HookAnswer{HookAnswer::End::kFailed, error->what()});
      });
}

void Hooks::ended(std::size_t number, const HookAnswer& answer) {
  if (!under_way_ || under_way_->number != number) return;  // it was broken off
  auto* hook = find(under_way_->name);
  break_off();
  if (hook != nullptr && !stopped_) hook->ended(answer);
  work();
}

void Hooks::came_back(std::size_t number) {
  const auto name = out_.extract(number).mapped().name;
  const auto* hook = find(name);
  if (hook != nullptr && hook->is_due()) line_up(name);
}

void Hooks::break_off() {
  silence_.cancel();
  if (!under_way_) return;
  under_way_->stop.request_stop();
  under_way_.reset();
}

}  // namespace nbasync
