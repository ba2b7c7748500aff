#include "doctor/doctor.hpp"

#include <algorithm>
#include <iterator>
#include <stop_token>
#include <string>
#include <utility>

#include "base/async.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "check/data_checks.hpp"
#include "doctor/database_checks.hpp"
#include "doctor/file_checks.hpp"
#include "doctor/host_checks.hpp"
#include "doctor/unit_checks.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr const char* kBusPart = "dbus";  // the part, as the status names it

// The check that tells of a part that gave no answer; the data's are many.
constexpr const char* kWords[] = {"database-file", "units", "whole-file", "upstream-stats",
                                  "upstream-cdn"};

constexpr Duration kBetweenRequests = std::chrono::minutes{1};

// Stops when either does.
class EitherStop {
 public:
  EitherStop(const std::stop_token& one, const std::stop_token& other)
      : one_(one, [this] { both_.request_stop(); }),
        other_(other, [this] { both_.request_stop(); }) {}
  std::stop_token token() const { return both_.get_token(); }

 private:
  std::stop_source both_;
  std::stop_callback<std::function<void()>> one_;
  std::stop_callback<std::function<void()>> other_;
};

// What a job has given; that it could not work is an answer, too.
CheckAnswers given(Result<CheckAnswers> result, const char* word) {
  if (const auto* error = error_of(result)) return {named(word, unchecked(error->what()))};
  return std::get<CheckAnswers>(std::move(result));
}

}  // namespace

// One examination, for all who have asked for it.
struct Doctor::Look {
  std::vector<std::function<void(const protocol::Diagnosis&)>> callers;
  std::array<std::optional<CheckAnswers>, kParts> answers;
  std::array<std::optional<Duration>, kParts> ahead;  // of the hosts
  std::stop_source stop;
};

Doctor::Doctor(Parts parts, const Config& config)
    : parts_(std::move(parts)),
      config_(config),
      patience_([this] { conclude(); }),
      askers_(parts_.loop, "nbasync-doctor", 2) {}

Doctor::~Doctor() {
  if (look_) look_->stop.request_stop();
}

void Doctor::set_config(const Config& config) {
  if (config.upstream != config_.upstream) asked_ = {};
  config_ = config;
}

void Doctor::ask(std::function<void(const protocol::Diagnosis&)> told) {
  if (look_) {
    look_->callers.push_back(std::move(told));
    return;
  }
  look_ = std::make_shared<Look>();
  look_->callers.push_back(std::move(told));
  parts_.wheel.arm(patience_, tick_after(parts_.clock, kPatience));
  look_at_files();
  look_at_units();
  look_at_database();
  look_at_data();
  look_at_host(kStats);
  look_at_host(kCdn);
}

void Doctor::stop() {
  if (look_) conclude();
}

// A job that hangs in the system is left behind. Nobody starts another beside it: its answer, if it
// comes at last, is whoever's who waits then.
void Doctor::look_at_files() {
  if (std::exchange(hangs_[kFiles], true)) return;
  async(
      parts_.loop,
      [database = config_.database, schedules = config_.schedules] {
        auto answers = database.url ? CheckAnswers{} : check_files(database.path.string());
        answers.push_back(check_zones(schedules));
        return answers;
      },
      [this, alive = std::weak_ptr(alive_)](auto result) {
        if (alive.expired()) return;
        hangs_[kFiles] = false;
        ended(look_, kFiles, given(std::move(result), kWords[kFiles]));
      });
}

void Doctor::look_at_units() {
  if (std::exchange(hangs_[kUnits], true)) return;
  async(
      parts_.loop, [] { return CheckAnswers{check_units()}; },
      [this, alive = std::weak_ptr(alive_)](auto result) {
        if (alive.expired()) return;
        hangs_[kUnits] = false;
        ended(look_, kUnits, given(std::move(result), kWords[kUnits]));
      });
}

void Doctor::look_at_database() {
  parts_.readers.ask(
      [path = config_.database.path.string(), mine = look_->stop.get_token()](
          Connection& connection, const std::stop_token& stop) {
        const EitherStop either(mine, stop);
        return check_database(connection, path, either.token());
      },
      [this, alive = std::weak_ptr(alive_), look = std::weak_ptr(look_)](auto result) {
        if (alive.expired()) return;
        ended(look, kDatabase, given(std::move(result), kWords[kDatabase]));
      });
}

void Doctor::look_at_data() {
  parts_.readers.ask(
      [types = config_.sync.season_types, now = parts_.clock.wall(),
       mine = look_->stop.get_token()](Connection& connection, const std::stop_token& stop) {
        const EitherStop either(mine, stop);
        return check_data(connection, types, now, either.token());
      },
      [this, alive = std::weak_ptr(alive_), look = std::weak_ptr(look_)](auto result) {
        if (alive.expired()) return;
        if (const auto* error = error_of(result)) {
          ended(look, kData, unchecked_data(error->what()));
          return;
        }
        const auto& answers = std::get<CheckAnswers>(result);
        data_told_(answers);
        ended(look, kData, summed_up(answers));
      });
}

// Whoever may read may ask, and upstream counts its requests: within a minute the last answer
// holds.
void Doctor::look_at_host(Part part) {
  const auto& last = asked_[part];
  if (last && parts_.clock.steady() - last->at < kBetweenRequests) {
    look_->ahead[part] = last->check.ahead;
    ended(look_, part, {last->check.answer});
    return;
  }
  async(
      askers_,
      [host = part == kStats ? Host::kStats : Host::kCdn, options = config_.upstream,
       &clock = parts_.clock, &hosts = parts_.hosts, stop = look_->stop.get_token()] {
        return check_host(host, options, clock, hosts, kHostPatience, stop);
      },
      [this, part, look = std::weak_ptr(look_)](auto result) {
        if (const auto* error = error_of(result)) {
          ended(look, part, {named(kWords[part], unchecked(error->what()))});
          return;
        }
        const auto& check = std::get<HostAnswer>(result);
        if (check.answer.status != CheckStatus::kUnchecked) {
          asked_[part] = {check, parts_.clock.steady()};
        }
        if (const auto now = look.lock()) now->ahead[part] = check.ahead;
        ended(look, part, {check.answer});
      });
}

void Doctor::ended(const std::weak_ptr<Look>& look, Part part, CheckAnswers answers) {
  if (!look_ || look.lock() != look_) return;  // it was told without
  look_->answers[part] = std::move(answers);
  if (std::ranges::all_of(look_->answers, [](const auto& each) { return each.has_value(); })) {
    conclude();
  }
}

// The parts that the daemon can do without, as it knows them.
CheckAnswers Doctor::of_problems() const {
  auto problems = parts_.problems();
  const auto bus = std::ranges::find(problems, kBusPart, &protocol::PartProblem::part);
  CheckAnswers answers;
  if (config_.dbus.bus == DBusConfig::Bus::kNone) {
    answers.push_back(named("bus", unchecked("dbus.bus is none")));
  } else if (bus == problems.end()) {
    answers.push_back(named("bus", well("the daemon is on the bus, and has its name")));
  } else {
    answers.push_back(named("bus", finding(bus->message,
                                           "syncing goes on without, and it is tried again; see "
                                           "systemctl status dbus")));
    problems.erase(bus);
  }
  for (const auto& problem : problems) {
    answers.push_back(named("parts", finding(format("{}: {}", problem.part, problem.message),
                                             "the daemon tries it again by itself")));
  }
  if (problems.empty()) {
    answers.push_back(named("parts", well("all parts that are configured work")));
  }
  return answers;
}

void Doctor::conclude() {
  const auto look = std::exchange(look_, nullptr);
  patience_.cancel();
  look->stop.request_stop();
  CheckAnswers all;
  for (std::size_t part = 0; part < kParts; ++part) {
    auto& answers = look->answers[part];
    const auto why = format("no answer within {} s", kPatience.count() / 1000);
    if (!answers) {
      answers =
          part == kData ? unchecked_data(why) : CheckAnswers{named(kWords[part], unchecked(why))};
    }
    std::ranges::move(*answers, std::back_inserter(all));
    if (part == kUnits) std::ranges::move(of_problems(), std::back_inserter(all));
    if (part == kCdn) {
      all.push_back(check_clock(look->ahead[kStats], look->ahead[kCdn]));
    }
  }
  const auto diagnosis = protocol::diagnosis_of(std::move(all), parts_.clock.wall());
  parts_.loop.post([callers = std::move(look->callers), diagnosis] {
    for (const auto& told : callers) told(diagnosis);
  });
}

}  // namespace nbasync
