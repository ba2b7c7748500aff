#include "control/host_check.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/format.hpp"
#include "base/machine_name.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

// "nba.example" of "NBA.example.:8080", "::1" of "[::1]:8080".
std::string host_in(std::string_view authority) {
  if (authority.starts_with('[')) return lower(authority.substr(1, authority.find(']') - 1));
  auto host = lower(authority.substr(0, authority.find(':')));
  if (host.ends_with('.')) host.pop_back();
  return host;
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return ::inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

// Over plain HTTP to a name, a browser sends neither Sec-Fetch-* nor, to read, Origin; but always
// what languages its user reads.
bool is_browser(const HttpRequest& request) {
  const auto fetch = request.headers.lower_bound("sec-fetch-");
  return (fetch != request.headers.end() && fetch->first.starts_with("sec-fetch-")) ||
         request.headers.contains("origin") || request.headers.contains("accept-language");
}

constexpr std::string_view kCure = "if it is right, add it to control.http.allowed_hosts";

}  // namespace

HostCheck::HostCheck(std::vector<std::string> names) : names_(std::move(names)) {
  for (auto& name : names_) name = lower(name);
}

bool HostCheck::is_ours(std::string_view authority) const {
  const auto host = host_in(authority);
  return is_address(host) || host == "localhost" || host.ends_with(".localhost") ||
         std::ranges::find(names_, host) != names_.end();
}

std::optional<std::string> HostCheck::fault_of(Access access, const HttpRequest& request) const {
  const bool changes = access == Access::kChange;
  const auto host = request.header("host");
  if (!host.empty() && !is_ours(host) && (changes || is_browser(request))) {
    return format("the host {} is no name of this machine; {}", in_quotes(host), kCure);
  }
  const auto origin = request.header("origin");
  const auto slashes = origin.find("://");
  const bool foreign =
      !origin.empty() && (slashes == origin.npos || !is_ours(origin.substr(slashes + 3)));
  if (changes && foreign) {
    return format("a page of {} may change nothing here; its host is no name of this machine; {}",
                  in_quotes(origin), kCure);
  }
  return std::nullopt;
}

std::vector<std::string> own_names() {
  const auto name = machine_name();
  if (name.empty()) return {};
  return {name, name.substr(0, name.find('.'))};
}

}  // namespace nbasync
