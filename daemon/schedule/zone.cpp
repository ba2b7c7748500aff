#include "schedule/zone.hpp"

#include <date/tz.h>

#include <exception>
#include <vector>

#include "base/blocked_signals.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

using std::chrono::floor;
using std::chrono::seconds;
using std::chrono::year_month_day;

const date::time_zone* locate(std::string_view name) {
  if (name == "UTC") return nullptr;
  for (const auto& zone : date::get_tzdb().zones) {
    if (zone.name() == name) return &zone;
  }
  std::vector<std::string_view> known;
  for (const auto& zone : date::get_tzdb().zones) known.push_back(zone.name());
  const auto near = nearest(name, known);
  throw Error(Errc::kBadConfiguration,
              format("time zone '{}' is not known to the system's tzdata{}", excerpt(name),
                     near.empty() ? "; names are like 'America/New_York' and 'UTC'"
                                  : format("; did you mean '{}'?", near)));
}

year_month_day league_date(SystemTime time) {
  return year_month_day(floor<std::chrono::days>(league_zone().to_local(time)));
}

}  // namespace

Zone::Zone(std::string_view name) : zone_(locate(name)) {}

std::string Zone::name() const { return zone_ == nullptr ? "UTC" : zone_->name(); }

LocalTime Zone::to_local(SystemTime time) const {
  const auto whole = floor<seconds>(time);
  const auto offset = zone_ == nullptr ? seconds(0) : zone_->get_info(whole).offset;
  return LocalTime(whole.time_since_epoch() + offset);
}

SystemTime Zone::to_system(LocalTime local) const {
  const auto since_epoch = local.time_since_epoch();
  if (zone_ == nullptr) return SystemTime(since_epoch);
  const auto info = zone_->get_info(date::local_seconds(since_epoch));
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return SystemTime(since_epoch - info.first.offset);
}

Zone::Offset Zone::offset_at(SystemTime time) const {
  if (zone_ == nullptr) return {seconds(0), SystemTime::max()};
  const auto info = zone_->get_info(floor<seconds>(time));
  const bool for_ever = info.end >= floor<seconds>(SystemTime::max());
  return {info.offset, for_ever ? SystemTime::max() : SystemTime(info.end)};
}

std::jthread read_zones_ahead() {
  const BlockedSignals blocked;  // they are others' affair
  return std::jthread([] {
    try {
      league_zone();
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): it is tried again
    }
  });
}

const Zone& league_zone() {
  static const Zone zone("America/New_York");
  return zone;
}

std::string league_day(SystemTime time) {
  const auto day = league_date(time);
  return format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::string season_name(int start) { return format("{}-{:02}", start, (start + 1) % 100); }

std::string season_of(SystemTime time) {
  const auto day = league_date(time);
  const int start = static_cast<int>(day.year()) - (day.month() < std::chrono::July ? 1 : 0);
  return season_name(start);
}

}  // namespace nbasync
