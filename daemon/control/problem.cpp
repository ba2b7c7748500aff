#include "control/problem.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <memory>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "control/json_reply.hpp"
#include "control/media.hpp"
#include "log/log.hpp"
#include "protocol/errors.hpp"
#include "protocol/json.hpp"
#include "protocol/replies.hpp"
#include "sync/describe_job.hpp"

namespace nbasync {
namespace {

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

protocol::Problem told_of(const ProblemForm& form, const std::string& detail) {
  return {.title = std::string(phrase(form.status)),
          .status = form.status,
          .detail = detail,
          .error = detail,
          .code = std::string(form.code)};
}

HttpReply reply(const protocol::Problem& told) {
  auto result = json_reply(told.status, protocol::to_json(told));
  result.content_type = media::kProblem;
  if (told.status == 503) result.headers.emplace_back("Retry-After", kRetryAfterSeconds);
  return result;
}

void add_busy(protocol::Problem& told, const SyncJob* holder, std::size_t queue_length,
              SystemTime now) {
  told.queue_length = queue_length;
  if (holder == nullptr) return;
  const std::chrono::duration<double> elapsed = now - holder->started_at;
  told.holder = protocol::Holder{.run_id = holder->run_id,
                                 .sync_type = holder->request.sync_type,
                                 .started_at = holder->started_at,
                                 .elapsed_seconds = std::max(0.0, elapsed.count()),
                                 .requester = requester_of(holder->request)};
}

}  // namespace

HttpReply problem(Errc code, const std::string& detail) {
  return problem(problem_form(code), detail);
}

HttpReply problem(const ProblemForm& form, const std::string& detail) {
  return reply(told_of(form, detail));
}

HttpReply no_scheduler() {
  return problem(problems::kNoScheduler, std::string(problems::kNoScheduler.help));
}

HttpReply changes_gone_problem(const std::string& detail, std::int64_t oldest_seq) {
  auto told = told_of(problem_form(Errc::kChangesGone), detail);
  told.oldest_seq = oldest_seq;
  return reply(told);
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
  auto told = told_of(problem_form(refusal.code), refusal.message);
  if (refusal.code == Errc::kSyncInProgress || refusal.code == Errc::kQueueFull) {
    add_busy(told, refusal.holder ? &*refusal.holder : nullptr, refusal.queue_length, now);
  }
  return reply(told);
}

HttpReply run_problem(const RunRecord& run, const SyncJob* holder, std::size_t queue_length,
                      SystemTime now) {
  const auto code = protocol::names_of_word(run.error_code).code;
  auto told = told_of(problem_form(code), run.error_message);
  told.run_id = run.run_id;
  told.run = std::make_shared<const RunRecord>(run);
  if (code == Errc::kLockTimeout) add_busy(told, holder, queue_length, now);
  return reply(told);
}

}  // namespace nbasync
