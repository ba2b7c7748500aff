#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/format.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "control/handlers.hpp"
#include "control/media.hpp"
#include "control/problem.hpp"
#include "control/tagged_reply.hpp"
#include "db/read_pool.hpp"
#include "query/answer.hpp"
#include "query/changes.hpp"

namespace nbasync::handle {
namespace {

// As it is sent: made by the thread that reads.
struct Told {
  ChangesAnswer answer;  // its rows are in `body`
  std::string body;
  std::string etag;
};

Told told(ChangesAnswer answer, bool lines) {
  const auto rows = std::exchange(answer.rows, {});
  Told result{std::move(answer), {}, {}};
  const auto where =
      format("\"count\":{},\"last_seq\":{},\"oldest_seq\":{},\"more\":{}", result.answer.count,
             result.answer.last_seq, result.answer.oldest_seq, result.answer.more);
  result.body =
      lines ? rows + (rows.empty() ? "" : "\n") : format("{{\"changes\":[{}],{}}}\n", rows, where);
  result.etag = etag_of(lines ? result.body + where : result.body);
  return result;
}

HttpReply reply_of(Told told, bool lines, const std::string& known) {
  const auto& answer = told.answer;
  if (!answer.gone.empty()) return changes_gone_problem(answer.gone, answer.oldest_seq);
  auto reply =
      tagged_reply(lines ? media::kLines : media::kJson, std::move(told.body), told.etag, known);
  reply.headers.emplace_back("Vary", "Accept");
  if (!lines) return reply;
  reply.headers.emplace_back("Nbasync-Last-Seq", format("{}", answer.last_seq));
  reply.headers.emplace_back("Nbasync-More", answer.more ? "true" : "false");
  return reply;
}

}  // namespace

void get_changes(Api& api, const Call& call, std::optional<std::int64_t> since,
                 const std::string& table, const std::string& corrections, const std::string& run,
                 unsigned limit) {
  const ChangesQuestion question{since, table, corrections == "true", limit, run};
  const bool lines = lower(call.request.header("accept")).find(media::kLines) != std::string::npos;
  const std::string known(call.request.header("if-none-match"));
  api.readers.ask(
      [question, lines](Connection& connection, const std::stop_token& stop) {
        return told(changes(connection, question, lines ? "\n" : ",", stop), lines);
      },
      [answer = call.answer, lines, known](Result<Told> result) {
        respond(answer, [&] { return reply_of(value_of(std::move(result)), lines, known); });
      });
}

}  // namespace nbasync::handle
