#include "control/problem.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "control/json_reply.hpp"
#include "log/log.hpp"
#include "protocol/errors.hpp"
#include "protocol/json.hpp"
#include "protocol/replies.hpp"
#include "sync/describe_job.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

constexpr const char* kRetryAfterSeconds = "5";

std::string_view phrase(int status) {
  struct Row {
    int status;
    std::string_view phrase;
  };
  static constexpr auto kRows = std::to_array<Row>({{400, "Bad Request"},
                                                    {401, "Unauthorized"},
                                                    {403, "Forbidden"},
                                                    {404, "Not Found"},
                                                    {405, "Method Not Allowed"},
                                                    {409, "Conflict"},
                                                    {410, "Gone"},
                                                    {413, "Content Too Large"},
                                                    {500, "Internal Server Error"},
                                                    {502, "Bad Gateway"},
                                                    {503, "Service Unavailable"},
                                                    {504, "Gateway Timeout"}});
  const auto* row = std::ranges::find(kRows, status, &Row::status);
  return row == kRows.end() ? "Error" : row->phrase;
}

json body_of(int status, std::string_view code, const std::string& detail) {
  const protocol::Problem told{.title = std::string(phrase(status)),
                               .status = status,
                               .detail = detail,
                               .error = detail,
                               .code = std::string(code)};
  return protocol::to_json(told);
}

HttpReply reply(int status, const json& body) {
  auto result = json_reply(status, body);
  result.content_type = "application/problem+json";
  if (status == 503) result.headers.emplace_back("Retry-After", kRetryAfterSeconds);
  return result;
}

void add_busy(json& body, const SyncJob* holder, std::size_t queue_length, SystemTime now) {
  body["queue_length"] = queue_length;
  if (holder == nullptr) return;
  const std::chrono::duration<double> elapsed = now - holder->started_at;
  body["holder"] = {{"run_id", holder->run_id},
                    {"sync_type", holder->request.sync_type},
                    {"started_at", format_utc(holder->started_at)},
                    {"elapsed_seconds", std::max(0.0, elapsed.count())},
                    {"requester", requester_of(holder->request)}};
}

}  // namespace

HttpReply problem(Errc code, const std::string& detail) {
  const auto& names = protocol::names_of(code);
  return problem(names.http, names.word, detail);
}

HttpReply problem(int status, std::string_view code, const std::string& detail) {
  return reply(status, body_of(status, code, detail));
}

HttpReply changes_gone_problem(const std::string& detail, std::int64_t oldest_seq) {
  const auto& names = protocol::names_of(Errc::kChangesGone);
  auto body = body_of(names.http, names.word, detail);
  body["oldest_seq"] = oldest_seq;
  return reply(names.http, body);
}

HttpReply thrown_problem(std::string_view path) {
  try {
    throw;
  } catch (const Error& error) {
    return problem(error.code(), error.what());
  } catch (const std::exception& error) {
    log::error("request failed path={} error={}", path.empty() ? "-" : in_quotes(path),
               in_quotes(error.what()));
    return problem(Errc::kInternal, "internal error; the log says more");
  }
}

HttpReply refusal_problem(const Refusal& refusal, SystemTime now) {
  const auto& names = protocol::names_of(refusal.code);
  auto body = body_of(names.http, names.word, refusal.message);
  if (refusal.code == Errc::kSyncInProgress || refusal.code == Errc::kQueueFull) {
    add_busy(body, refusal.holder ? &*refusal.holder : nullptr, refusal.queue_length, now);
  }
  return reply(names.http, body);
}

HttpReply run_problem(const RunRecord& run, const SyncJob* holder, std::size_t queue_length,
                      SystemTime now) {
  const auto& names = protocol::names_of_word(run.error_code);
  auto body = body_of(names.http, names.word, run.error_message);
  body["run_id"] = run.run_id;
  body["run"] = protocol::to_json(run);
  if (names.code == Errc::kLockTimeout) add_busy(body, holder, queue_length, now);
  return reply(names.http, body);
}

}  // namespace nbasync
