#include "bus/sync_options.hpp"

#include <cmath>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"

namespace nbasync {
namespace {

constexpr double kLongest = 7 * 24 * 3600;  // seconds

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

Duration read_seconds(const std::string& name, const sdbus::Variant& value) {
  const auto seconds = read<double>(name, value, "a number of seconds (d)");
  if (!std::isfinite(seconds) || seconds < 0 || seconds > kLongest) {
    refuse(name, format("{} is not within 0 and {:.0f} seconds", seconds, kLongest));
  }
  return Duration(static_cast<Duration::rep>(std::llround(seconds * 1000)));
}

IfBusy read_if_busy(const std::string& name, const sdbus::Variant& value) {
  const auto word = read_text(name, value);
  if (word == "queue") return IfBusy::kQueue;
  if (word == "fail") return IfBusy::kFail;
  if (word == "join") return IfBusy::kJoin;
  refuse(name, format("'{}' is none of queue, fail, join", word));
}

[[noreturn]] void unknown(const std::string& name, const std::vector<std::string_view>& known) {
  throw Error(Errc::kInvalidArgument, format("unknown option '{}'{}", name, suggest(name, known)));
}

}  // namespace

SyncWish to_sync_wish(const std::string& type, const VariantMap& options) {
  SyncWish wish;
  auto& request = wish.request;
  request.sync_type = type;
  request.triggered_by = "dbus";
  for (const auto& [name, value] : options) {
    if (name == "season") {
      request.season = read_text(name, value);
    } else if (name == "wait") {
      request.wait = read_flag(name, value);
    } else if (name == "timeout") {
      request.timeout = read_seconds(name, value);
    } else if (name == "if_busy") {
      request.if_busy = read_if_busy(name, value);
    } else if (name == "run_timeout") {
      request.run_timeout = read_seconds(name, value);
      if (request.run_timeout->count() == 0) refuse(name, "must be more than 0");
    } else if (name == "dry_run") {
      request.dry_run = read_flag(name, value);
    } else if (name == "force") {
      request.force = read_flag(name, value);
    } else if (name == "interactive") {
      wish.interactive = read_flag(name, value);
    } else {
      unknown(name, {"season", "wait", "timeout", "if_busy", "run_timeout", "dry_run", "force",
                     "interactive"});
    }
  }
  return wish;
}

RunFilter to_run_filter(const VariantMap& filter) {
  RunFilter result;
  for (const auto& [name, value] : filter) {
    if (name == "type") {
      result.sync_type = read_text(name, value);
    } else if (name == "status") {
      result.status = read_text(name, value);
      if (!parse_run_status(result.status)) {
        refuse(name, format("'{}' is no status; known: started, success, failed, cancelled, "
                            "timeout, interrupted",
                            result.status));
      }
    } else {
      unknown(name, {"type", "status"});
    }
  }
  return result;
}

}  // namespace nbasync
