#include "ctl/transport/socket/socket_error.hpp"

#include <cerrno>
#include <cstring>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "ctl/view/fields.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

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
  const auto body = json::parse(response.body(), nullptr, false);
  const auto known = body.is_object();
  const auto word = known ? text_at(body, "code") : std::string();
  auto sentence = known ? text_at(body, "detail") : std::string();
  if (sentence.empty() && known) sentence = text_at(body, "error");
  if (sentence.empty()) sentence = format("the daemon answered HTTP {}", response.status());

  const auto& names = protocol::names_of_word(word);
  const auto code = names.word == word ? names.code : code_of(response.status());
  if (response.status() == 401 || response.status() == 403) throw SocketUnusable(code, sentence);
  throw Error(code, sentence);
}

}  // namespace nbasync::ctl
