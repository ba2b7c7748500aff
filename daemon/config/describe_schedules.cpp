#include "config/describe_schedules.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "config/codec.hpp"
#include "dataset/catalog.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kYear = hours{366 * 24};

[[noreturn]] void refuse_schedule(const std::string& why) {
  throw Error(Errc::kInvalidArgument, why);
}

// What `make` refuses, as a mistake of this key.
template <typename Make>
auto made(const Make& make) {
  try {
    return make();
  } catch (const Error& error) {
    refuse_schedule(error.what());
  }
}

Codec<Zone> zone() {
  return {[](const YamlNode& node) {
            return made([&] { return Zone(one_line(node, "a time zone")); });
          },
          [](const Zone& value) { return value.name(); }};
}

Codec<std::string> sync_type() {
  std::vector<std::pair<std::string_view, std::string>> types;
  for (const auto type : sync_types()) types.emplace_back(type, type);
  return word<std::string>(types);
}

Codec<std::string> optional_season() {
  return {
      [](const YamlNode& node) {
        return node.kind == YamlNode::Kind::kNull ? std::string() : season().read(node);
      },
      [](const std::string& value) { return value.empty() ? std::nullopt : std::optional(value); }};
}

template <typename Rule, typename T>
Key part(std::optional<Rule>& rule, std::string name, T Rule::*place, const Codec<T>& codec) {
  Key key;
  key.name = std::move(name);
  key.read = [&rule, place, codec](const YamlNode& node) { (*rule).*place = codec.read(node); };
  key.write = [&rule, place, codec] { return codec.write((*rule).*place); };
  return key;
}

// A section whose beginning makes the rule that its keys, made by part(), write to.
template <typename Rule>
Key optional_section(std::string name, std::optional<Rule>& rule, std::vector<Key> parts) {
  Key key = section(std::move(name), std::move(parts));
  key.begin = [&rule] { rule.emplace(); };
  key.present = [&rule] { return rule.has_value(); };
  return key;
}

Key live(std::optional<LiveRule>& rule) {
  return optional_section(
      "live", rule,
      {part(rule, "every", &LiveRule::every, duration(seconds{1}, hours{1})),
       part(rule, "before_tipoff", &LiveRule::before_tipoff, duration(seconds{0}, hours{24}))});
}

Key retry(std::optional<RetryRule>& rule) {
  return optional_section(
      "retry", rule,
      {part(rule, "times", &RetryRule::times, integer(0, 10)),
       part(rule, "after", &RetryRule::after, duration(seconds{1}, hours{24}))});
}

void check_may_be_live(const std::string& sync_type) {
  std::vector<std::string_view> may;
  for (const auto* dataset : catalog()) {
    if (dataset->may_be_live) may.push_back(dataset->name);
  }
  if (std::ranges::find(may, sync_type) == may.end()) {
    refuse_schedule(format("live is only for sync: {}", joined(may)));
  }
}

void check(const std::vector<ScheduleSpec>& specs) {
  const auto& spec = specs.back();
  if (spec.name.empty()) refuse_schedule("it needs a name");
  if (std::count_if(specs.begin(), specs.end(),
                    [&](const ScheduleSpec& other) { return other.name == spec.name; }) > 1) {
    refuse_schedule(format("there is another schedule '{}'", spec.name));
  }
  if (spec.sync_type.empty()) refuse_schedule("it needs a sync: full, or one dataset");
  const int rules = (spec.cron ? 1 : 0) + (spec.every ? 1 : 0) + (spec.live ? 1 : 0);
  if (rules != 1) refuse_schedule("it needs one of cron, every and live");
  if (!spec.cron && spec.zone != Zone()) refuse_schedule("a timezone is only for cron");
  if (!spec.every && !spec.aligned) refuse_schedule("aligned is only for every");
  if (spec.live) check_may_be_live(spec.sync_type);
  if (spec.live && spec.jitter.count() > 0) refuse_schedule("jitter is not for live");
  if (spec.live && spec.retry) refuse_schedule("retry is not for live: the next poll is soon");
  if (spec.every && spec.jitter >= *spec.every) {
    refuse_schedule("jitter must be shorter than every");
  }
}

Key schedule(std::vector<ScheduleSpec>& specs, ScheduleSpec& spec) {
  Key key = section(
      "schedule",
      {value("name", spec.name, plain_name()), value("sync", spec.sync_type, sync_type()),
       value("season", spec.season, optional_season()), value("cron", spec.cron, optional(cron())),
       value("timezone", spec.zone, zone()),
       value("every", spec.every, optional(duration(milliseconds{100}, kYear))),
       value("aligned", spec.aligned, truth()), live(spec.live),
       value("jitter", spec.jitter, duration(seconds{0}, hours{24})),
       value("catch_up", spec.catch_up,
             word<CatchUp>(
                 {{"none", CatchUp::kNone}, {"latest", CatchUp::kLatest}, {"all", CatchUp::kAll}})),
       value("grace", spec.grace, duration(seconds{0}, kYear)),
       value("overlap", spec.overlap,
             word<Overlap>({{"skip", Overlap::kSkip}, {"join", Overlap::kJoin}})),
       retry(spec.retry)});
  key.check = [&specs] { check(specs); };
  return key;
}

}  // namespace

Codec<Cron> cron() {
  return {[](const YamlNode& node) {
            return made([&] { return Cron(one_line(node, "a cron expression")); });
          },
          [](const Cron& value) { return value.text(); }};
}

Key schedules(std::vector<ScheduleSpec>& specs) {
  Key key;
  key.name = "schedules";
  key.clear = [&specs] { specs.clear(); };
  key.add = [&specs] { return schedule(specs, specs.emplace_back()); };
  key.items = [&specs] {
    std::vector<Key> items;
    items.reserve(specs.size());
    for (auto& spec : specs) items.push_back(schedule(specs, spec));
    return items;
  };
  return key;
}

}  // namespace nbasync
