#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "dbus/sdbus.hpp"

namespace nbasync::testing {

// polkit's authority in a test, on the system bus of this process: answers as it is told to. Its
// calls are taken on a thread of the library's; when it is destroyed, its name leaves the bus and
// what it owes stays unanswered.
class StandInPolkit {
 public:
  enum class Answer { kYes, kNo, kChallenge, kHold, kFail };
  struct Call {
    std::string caller;
    std::string action;
    std::uint32_t flags = 0;
    std::string cancellation;
  };
  static constexpr std::chrono::seconds kCeiling{30};

  explicit StandInPolkit(Answer answer)
      : answer_(answer),
        connection_(
            sdbus::createSystemBusConnection(dbus::ServiceName("org.freedesktop.PolicyKit1"))),
        object_(sdbus::createObject(*connection_,
                                    dbus::ObjectPath("/org/freedesktop/PolicyKit1/Authority"))) {
    dbus::Interface interface(*object_, "org.freedesktop.PolicyKit1.Authority");
    interface.add_method(
        "CheckAuthorization",
        [this](Result&& result, const Subject& subject, const std::string& action, const Details&,
               const std::uint32_t& flags, const std::string& id) {
          take(std::move(result),
               {std::get<1>(subject).at("name").get<std::string>(), action, flags, id});
        });
    interface.add_method("CancelCheckAuthorization", [this](const std::string& id) {
      const std::scoped_lock lock(mutex_);
      cancelled_.push_back(id);
      changed_.notify_all();
    });
    interface.publish();
    connection_->enterEventLoopAsync();
  }
  ~StandInPolkit() {
    connection_->leaveEventLoop();
    held_.clear();
  }
  StandInPolkit(const StandInPolkit&) = delete;
  StandInPolkit& operator=(const StandInPolkit&) = delete;

  void answer_with(Answer answer) {
    const std::scoped_lock lock(mutex_);
    answer_ = answer;
  }
  // Gives this answer to all that was held back.
  void release(Answer answer) {
    for (const auto& result : take_held()) give(result, answer);
  }

  std::vector<Call> calls() const {
    const std::scoped_lock lock(mutex_);
    return calls_;
  }
  // False at the ceiling.
  bool wait_for_calls(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kCeiling, [&] { return taken_ >= count; });
  }
  bool wait_for_cancellation(const std::string& id) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kCeiling,
                             [&] { return !cancelled_.empty() && cancelled_.back() == id; });
  }

 private:
  using Details = std::map<std::string, std::string>;
  using Subject = sdbus::Struct<std::string, std::map<std::string, sdbus::Variant>>;
  using Verdict = sdbus::Struct<bool, bool, Details>;
  using Result = sdbus::Result<Verdict>;

  // Results are given without our mutex: sdbus-c++ has one of its own, and holds it as it calls us.
  void take(Result&& result, Call call) {
    if (const auto answer = note(std::move(call)); answer != Answer::kHold) {
      give(result, answer);
    } else {
      const std::scoped_lock lock(mutex_);
      held_.push_back(std::move(result));
    }
    const std::scoped_lock lock(mutex_);
    ++taken_;
    changed_.notify_all();
  }
  Answer note(Call call) {
    const std::scoped_lock lock(mutex_);
    calls_.push_back(std::move(call));
    return answer_;
  }
  std::vector<Result> take_held() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(held_, {});
  }
  static void give(const Result& result, Answer answer) {
    if (answer == Answer::kFail) {
      result.returnError(
          sdbus::Error(dbus::ErrorName("org.freedesktop.PolicyKit1.Error.Failed"), "out of order"));
    } else {
      result.returnResults({answer == Answer::kYes, answer == Answer::kChallenge, Details{}});
    }
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Answer answer_;
  std::vector<Call> calls_;
  std::size_t taken_ = 0;  // of them, answered or held
  std::vector<std::string> cancelled_;
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IObject> object_;
  std::vector<Result> held_;
};

}  // namespace nbasync::testing
