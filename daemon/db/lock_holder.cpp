#include "db/lock_holder.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>

#include "base/format.hpp"
#include "base/process_id.hpp"

namespace nbasync {
namespace {

std::map<std::string, std::string, std::less<>> parse(std::string_view text) {
  std::map<std::string, std::string, std::less<>> values;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto equals = line.find('=');
    if (equals != std::string_view::npos) {
      values.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
  }
  return values;
}

}  // namespace

std::string to_lines(const LockHolder& holder) {
  std::string text =
      format("program={}\npid={}\nboot_id={}\n", holder.program, holder.pid, boot_id());
  if (holder.started_at) text += format("started_at={}\n", format_utc(*holder.started_at));
  if (!holder.host.empty()) text += format("host={}\n", holder.host);
  if (!holder.run_id.empty() && holder.run_started_at) {
    text += format("run_id={}\nsync_type={}\nrun_started_at={}\n", holder.run_id, holder.sync_type,
                   format_utc(*holder.run_started_at));
  }
  return text;
}

std::optional<LockHolder> lock_holder_in(std::string_view lines) {
  const auto values = parse(lines);
  const auto value = [&](std::string_view key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
  };
  LockHolder holder;
  holder.program = value("program");
  holder.host = value("host");
  const std::string pid = value("pid");
  std::from_chars(pid.data(), pid.data() + pid.size(), holder.pid);
  holder.started_at = parse_utc(value("started_at"));
  holder.run_id = value("run_id");
  holder.sync_type = value("sync_type");
  holder.run_started_at = parse_utc(value("run_started_at"));
  if (holder.pid == 0) return std::nullopt;
  return holder;
}

std::string held_sentence(const std::string& database, const std::optional<LockHolder>& holder) {
  if (!holder) return format("database {} is locked by another process", database);
  const std::string since =
      holder->started_at ? format_utc(*holder->started_at) : "an unknown time";
  const std::string where = holder->host.empty() ? "" : format(" on {}", holder->host);
  if (!holder->run_id.empty() && holder->run_started_at) {
    return format(
        "Another sync operation is already in progress: {} started at {} (run {}, {} "
        "with pid {}{} since {})",
        holder->sync_type, format_utc(*holder->run_started_at), holder->run_id, holder->program,
        holder->pid, where, since);
  }
  return format(
      "database {} is held by a {} with pid {}{} since {}; ask it with nbasyncctl, or "
      "stop it first",
      database, holder->program, holder->pid, where, since);
}

}  // namespace nbasync
