#include "scheduler/backfill.hpp"

#include <algorithm>
#include <utility>

#include "base/format.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "check/data_checks.hpp"
#include "dataset/catalog.hpp"
#include "log/log.hpp"
#include "model/run_record.hpp"
#include "model/season.hpp"
#include "schedule/zone.hpp"
#include "scheduler/schedule_request.hpp"
#include "store/whole_season.hpp"
#include "sync/request_defaults.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kPerRequest = std::chrono::seconds(3);

// Of "2015-16", or of "auto", which is `current`.
int year_of(const std::string& asked, const std::string& current, SystemTime now) {
  const auto& season = asked == "auto" ? current : asked;
  if (const auto problem = season_problem(season, now))
    throw Error(Errc::kInvalidArgument, *problem);
  return season_start_year(season).value_or(kFirstSeason);
}

}  // namespace

Backfill::Backfill(ReadPool& readers, TimerWheel& wheel, const Clock& clock, SyncService& service,
                   DecisionLog& decisions, std::function<bool()> paused)
    : readers_(readers),
      wheel_(wheel),
      clock_(clock),
      service_(service),
      decisions_(decisions),
      paused_(std::move(paused)),
      machine_(decisions.backfill()),
      timer_([this] { advance(); }) {
  machine_.recover(decisions.backfill_run(), clock_.wall());
  service_.describe([this](protocol::Status& status) { status.backfill = state(); });
}

std::uint32_t Backfill::begin(const std::string& from, const std::string& to,
                              const std::string& by) {
  const auto now = clock_.wall();
  const auto [first, last] =
      std::minmax({year_of(from, service_.season(), now), year_of(to, service_.season(), now)});
  if (machine_.is_open()) {
    const auto& seasons = machine_.seasons();
    throw Error(Errc::kSyncInProgress,
                format("a backfill of {}..{} goes on, {} of {} seasons: stop it first, or wait for "
                       "its end",
                       seasons.back().name, seasons.front().name, machine_.done(), seasons.size()));
  }
  std::vector<std::string> seasons;
  for (int year = first; year <= last; ++year) seasons.push_back(season_name(year));
  const auto reason = format("backfill of {}..{}, by {}", seasons.front(), seasons.back(), by);
  log::info("backfill begun seasons={} from={} to={} by={}", seasons.size(), seasons.front(),
            seasons.back(), in_quotes(by));
  decide(DecisionKind::kRequested, reason);
  const auto count = static_cast<std::uint32_t>(seasons.size());
  machine_.begin(std::move(seasons));
  advance();
  return count;
}

bool Backfill::stop(const std::string& by) {
  if (!machine_.is_open()) return false;
  const auto run_id = machine_.stop();
  log::info("backfill stopped by={}", in_quotes(by));
  decide(DecisionKind::kGaveUp, format("the backfill was stopped, by {}", by), run_id.value_or(""));
  if (run_id) service_.cancel(*run_id);
  advance();
  return true;
}

void Backfill::spare_upstream(bool spare) {
  machine_.set_per_request(spare ? kPerRequest : Duration::zero());
}

void Backfill::advance() {
  while (const auto wanted = machine_.advance(moment())) {
    if (wanted->kind == BackfillMachine::Ask::Kind::kExamine) {
      examine(wanted->season);
    } else {
      ask(*wanted);
    }
  }
  changed();
  arm();
}

// What cannot be told is not whole. The scoreboard is of today, and no part of a season.
void Backfill::examine(const std::string& season) {
  auto datasets = service_.options().full;
  std::erase_if(datasets, [](const std::string& name) { return find_dataset(name)->may_be_live; });
  readers_.ask(
      [season, datasets = std::move(datasets), types = service_.options().season_types,
       now = clock_.wall()](Connection& connection, const std::stop_token& stop) {
        return is_whole(connection, season, datasets, stop) &&
               note_of(check_season(connection, season, types, now, stop)).empty();
      },
      [this, season](const Result<bool>& answer) {
        if (const auto* error = error_of(answer)) {
          log::warning("backfill season not looked at season={} error={}", season,
                       in_quotes(error->what()));
        }
        const bool whole = error_of(answer) == nullptr && std::get<bool>(answer);
        if (whole) log::info("backfill season whole season={}", season);
        machine_.examined(season, whole);
        advance();
      });
}

void Backfill::ask(const BackfillMachine::Ask& wanted) {
  auto request = full_request(wanted.turn, kBackfillTrigger, wanted.cause);
  request.season = wanted.season;
  request.timeout = kLongestOption;
  machine_.asked(request.run_id, clock_.wall());
  decisions_.remember_backfill(machine_.memory());  // before the run's row
  service_.sync(
      request,
      [this, id = request.run_id](const Admission& admission) {
        machine_.admitted(id, admission, clock_.wall());
        advance();
      },
      [this](const RunRecord& run) {
        machine_.ended(run, clock_.wall());
        advance();
      });
}

void Backfill::changed() {
  decisions_.remember_backfill(machine_.memory());
  const auto* season = machine_.under_way();
  const auto name = season == nullptr ? std::string() : season->name;
  const auto done = static_cast<std::uint32_t>(machine_.done());
  const auto of = static_cast<std::uint32_t>(machine_.seasons().size());
  auto progress = format("{} {} {}", done, of, name);
  if (of == 0 || progress == std::exchange(told_, progress)) return;
  for (const auto& observer : observers_) observer(done, of, name);
}

void Backfill::arm() {
  timer_.cancel();
  const auto start = machine_.start();
  if (!start || stopped_) return;
  const SystemTime::duration left = std::clamp<SystemTime::duration>(
      *start - clock_.wall(), SystemTime::duration::zero(), kLongestWait);
  wheel_.arm(timer_, tick_not_before(clock_.steady() + left));
}

void Backfill::shut_down() {
  stopped_ = true;
  timer_.cancel();
}

std::optional<protocol::BackfillState> Backfill::state() const {
  const auto& seasons = machine_.seasons();
  if (seasons.empty()) return std::nullopt;
  protocol::BackfillState state;
  state.from = seasons.back().name;
  state.to = seasons.front().name;
  state.open = machine_.is_open();
  state.of = static_cast<std::uint32_t>(seasons.size());
  state.done = static_cast<std::uint32_t>(machine_.done());
  if (const auto* season = machine_.under_way()) state.season = season->name;
  state.next = machine_.start();
  state.why = machine_.why();
  for (const auto& season : seasons) {
    auto& told = state.seasons.emplace_back();
    told.season = season.name;
    told.state = season.state();
    told.retry = season.run.turn.retry;
    const bool waits = told.state == SeasonState::kWaiting && told.retry > 0;
    if (waits) told.not_before = season.run.not_before;
    told.run_id = season.run.run_id;
    told.why = waits ? season.run.turn.because : season.run.why;
    if (told.state == SeasonState::kFailed) ++state.failed;
  }
  return state;
}

void Backfill::observe(Observer observer) { observers_.push_back(std::move(observer)); }

void Backfill::decide(DecisionKind kind, const std::string& reason, const std::string& run_id) {
  decisions_.decided({clock_.wall(), "", kFullSync, kind, reason, run_id});
}

}  // namespace nbasync
