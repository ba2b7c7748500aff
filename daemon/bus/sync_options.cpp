#include "bus/sync_options.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "model/sync_wish.hpp"

namespace nbasync {
namespace {

constexpr double kLongest = std::chrono::duration<double>(kLongestOption).count();  // seconds
constexpr double kForEver = 1e9;                                                    // seconds

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
  throw Error(Errc::kInvalidArgument, format("option '{}': {}", name, why));
}

template <typename T>
T read(const std::string& name, const sdbus::Variant& value, std::string_view wanted) {
  if (!value.containsValueOfType<T>()) {
    refuse(name, format("must be {}, not of D-Bus type '{}'", wanted, value.peekValueType()));
  }
  return value.get<T>();
}

std::string read_text(const std::string& name, const sdbus::Variant& value) {
  return read<std::string>(name, value, "a string (s)");
}

bool read_flag(const std::string& name, const sdbus::Variant& value) {
  return read<bool>(name, value, "a boolean (b)");
}

Duration read_seconds(const SyncOption& option, const std::string& name,
                      const sdbus::Variant& value) {
  const auto seconds = read<double>(name, value, "a number of seconds (d)");
  if (!std::isfinite(seconds) || seconds < 0 || seconds > kLongest) {
    refuse(name, format("{} is not within 0 and {:.0f} seconds", seconds, kLongest));
  }
  const Duration duration(static_cast<Duration::rep>(std::llround(seconds * 1000)));
  if (!option.zero && duration == Duration::zero()) refuse(name, "must be more than 0");
  return duration;
}

template <Worded Enum>
Enum read_enum(const std::string& name, const sdbus::Variant& value) {
  const auto word = read_text(name, value);
  if (const auto known = parse_word<Enum>(word)) return *known;
  refuse(name, format("'{}' is none of {}", excerpt(word), joined(words_of<Enum>())));
}

// Reads a value as the kind of its place wants it.
struct Reader {
  const SyncOption& option;
  const std::string& name;
  const sdbus::Variant& value;

  void operator()(std::string& place) const { place = read_text(name, value); }
  void operator()(bool& place) const { place = read_flag(name, value); }
  void operator()(std::optional<bool>& place) const { place = read_flag(name, value); }
  void operator()(std::optional<Duration>& place) const {
    place = read_seconds(option, name, value);
  }
  template <Worded Enum>
  void operator()(std::optional<Enum>& place) const {
    place = read_enum<Enum>(name, value);
  }
};

[[noreturn]] void unknown(const std::string& name, const std::vector<std::string_view>& known) {
  throw Error(Errc::kInvalidArgument,
              format("unknown option '{}'{}", excerpt(name), suggest(name, known)));
}

}  // namespace

SyncRequest to_sync_request(const std::string& type, const VariantMap& options) {
  SyncRequest request;
  request.sync_type = type;
  request.triggered_by = "dbus";
  for (const auto& [name, value] : options) {
    bool known = false;
    visit_options(request,
                  [&, &name = name, &value = value](const SyncOption& option, auto& place) {
                    if (option.name != name || (option.doors & kBusDoor) == 0) return;
                    Reader{option, name, value}(place);
                    known = true;
                  });
    if (!known) unknown(name, option_names(kBusDoor));
  }
  return request;
}

bool to_interactive(const VariantMap& options) {
  bool interactive = false;
  for (const auto& [name, value] : options) {
    if (name != "interactive") unknown(name, {"interactive"});
    interactive = read_flag(name, value);
  }
  return interactive;
}

std::optional<Duration> to_wait_limit(double seconds) {
  if (!(seconds >= 0)) throw Error(Errc::kInvalidArgument, "timeout: must be 0 or more seconds");
  if (seconds == 0 || seconds >= kForEver) return std::nullopt;
  return Duration(static_cast<Duration::rep>(std::ceil(seconds * 1000)));
}

RunFilter to_run_filter(const VariantMap& filter) {
  RunFilter result;
  for (const auto& [name, value] : filter) {
    if (name == "type") {
      result.sync_type = read_text(name, value);
    } else if (name == "status") {
      result.status = read_text(name, value);
      const auto known = logged_status_words();
      if (std::ranges::find(known, result.status) == known.end()) {
        refuse(name, format("'{}' is no status; known: {}", excerpt(result.status), joined(known)));
      }
    } else {
      unknown(name, {"type", "status"});
    }
  }
  return result;
}

ChangesQuestion to_changes_question(std::uint64_t since, std::uint32_t limit,
                                    const VariantMap& filter) {
  ChangesQuestion question;
  constexpr std::uint64_t kLast = std::numeric_limits<std::int64_t>::max();
  question.since = static_cast<std::int64_t>(std::min(since, kLast));
  if (limit != 0) question.limit = std::min(limit, ChangesQuestion::kMost);
  for (const auto& [name, value] : filter) {
    if (name == "table") {
      question.table = read_text(name, value);
    } else if (name == "corrections") {
      question.corrections = read_flag(name, value);
    } else if (name == "newest") {
      if (read_flag(name, value)) question.since.reset();
    } else {
      unknown(name, {"table", "corrections", "newest"});
    }
  }
  return question;
}

}  // namespace nbasync
