#include "ctl/transport/socket/socket_error.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "ctl/transport/answer.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"
#include "protocol/replies.hpp"

namespace nbasync::ctl {
namespace {

// For what only HTTP knows, or says without a code of ours.
Errc code_of(int status) {
  switch (status) {
    case 400:
    case 413:
      return Errc::kInvalidArgument;
    case 401:
    case 403:
      return Errc::kAccessDenied;
    case 404:
      return Errc::kUnknownRun;
    case 503:
      return Errc::kShuttingDown;
    default:
      return Errc::kInternal;
  }
}

// Empty if it is none: then the status has to do.
protocol::Problem problem_of(const HttpResponse& response) {
  auto body = nlohmann::json::parse(response.body(), nullptr, false);
  try {
    return answer_of<protocol::Problem>(std::move(body)).value;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

SocketUnusable unusable(const std::string& path, int error) {
  if (error == EACCES || error == EPERM) {
    return {Errc::kAccessDenied,
            format("the daemon's socket {} may not be opened: {}; root and the group nbasync may",
                   path, std::strerror(error))};
  }
  if (error == EAGAIN) {
    return {Errc::kDaemonUnreachable,
            format("cannot reach the daemon at {}: it accepts no connection in time", path)};
  }
  return {Errc::kDaemonUnreachable,
          format("cannot reach the daemon at {}: {}; start it with 'systemctl start nbasyncd', or "
                 "say --socket",
                 path, std::strerror(error))};
}

Error lost(const std::string& path, const std::string& why) {
  return {Errc::kDaemonUnreachable, format("lost the daemon at {}: {}", path, why)};
}

void throw_problem(const HttpResponse& response) {
  const auto problem = problem_of(response);
  auto sentence = problem.detail.empty() ? problem.error : problem.detail;
  if (sentence.empty()) sentence = format("the daemon answered HTTP {}", response.status());

  const auto& names = protocol::names_of_word(problem.code);
  const bool known = names.word == problem.code || problem.code == protocol::kFirstSync;
  // A route that a daemon of our age has.
  constexpr std::string_view kNoRoute = "not-found";
  if (problem.code == kNoRoute) {
    throw Error(Errc::kUnknownRun,
                format("the daemon does not know this question, it is older than nbasyncctl {}; "
                       "'systemctl restart nbasyncd' starts the one that is installed: {}",
                       protocol::kVersion, sentence));
  }
  const auto code = known ? names.code : code_of(response.status());
  if (response.status() == 401 || response.status() == 403) throw SocketUnusable(code, sentence);
  throw Error(code, sentence);
}

}  // namespace nbasync::ctl
