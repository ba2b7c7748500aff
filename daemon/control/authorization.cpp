#include "control/authorization.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"
#include "control/problem.hpp"

namespace nbasync {
namespace {

// The token of "Bearer TOKEN", the scheme in any case; empty if it is none.
std::string_view bearer_token(std::string_view header) {
  constexpr std::string_view kScheme = "bearer ";
  if (header.size() <= kScheme.size()) return {};
  if (lower(header.substr(0, kScheme.size())) != kScheme) return {};
  header.remove_prefix(std::min(header.find_first_not_of(' ', kScheme.size()), header.size()));
  return header;
}

HttpReply unauthorized(std::string_view given, const std::string& why) {
  auto reply = problem(problems::kNoToken, why);
  reply.headers.emplace_back("WWW-Authenticate",
                             given.empty() ? R"(Bearer realm="nbasync")"
                                           : R"(Bearer realm="nbasync", error="invalid_token")");
  return reply;
}

}  // namespace

bool is_same_secret(std::string_view given, std::string_view secret) {
  if (secret.empty()) return false;
  unsigned difference = given.size() == secret.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char other = secret[i % secret.size()];
    difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(other);
  }
  return difference == 0;
}

bool Authorization::is_trusted(const Peer& peer) const {
  return peer.local && rules_.trust.allows(peer.uid, peer.groups);
}

std::optional<HttpReply> Authorization::refuse(Access access, Listener listener,
                                               const HttpRequest& request) const {
  if (listener == Listener::kReadSocket && access == Access::kChange) {
    return problem(Errc::kAccessDenied,
                   format("this socket is for reading only; to change something, use {}",
                          rules_.socket.string()));
  }
  if (listener == Listener::kTcp) {
    if (const auto fault = hosts_.fault_of(access, request)) {
      return problem(problems::kForeignHost, *fault);
    }
  }
  if (access == Access::kRead || is_trusted(request.peer)) return std::nullopt;
  const auto given = bearer_token(request.header("authorization"));
  if (!given.empty() && is_same_secret(given, rules_.token)) return std::nullopt;

  if (!rules_.token.empty()) {
    return unauthorized(given, given.empty() ? "this changes something: send the token, as "
                                               "'Authorization: Bearer TOKEN'"
                                             : "the token is not the one that is configured");
  }
  if (request.peer.local) {
    return problem(Errc::kAccessDenied,
                   format("uid {} may not change anything: only root and members of the group "
                          "nbasync may, and no token is configured",
                          request.peer.uid));
  }
  return problem(Errc::kAccessDenied,
                 "changes over TCP are off, because no token is configured (control.http."
                 "token_file, a credential named 'token', or ADMIN_SYNC_SECRET)");
}

}  // namespace nbasync
