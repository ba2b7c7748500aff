#include "postgres/postgres_address.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

using Parameters = PostgresHosts::Parameters;

// What libpq makes of a URL, or why it makes nothing of it.
struct Parsed {
  bool valid = false;
  Parameters parameters;
  std::string why;
};

Parsed parse(const std::string& url) {
  char* why = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), &why), &PQconninfoFree);
  const std::unique_ptr<char, decltype(&PQfreemem)> owned(why, &PQfreemem);
  Parsed parsed{options != nullptr, {}, why == nullptr ? "" : why};
  for (auto* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
    if (option->val != nullptr) parsed.parameters.emplace_back(option->keyword, option->val);
  }
  return parsed;
}

std::string find(const Parameters& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &Parameters::value_type::first);
  return found == parameters.end() ? "" : found->second;
}

// libpq's messages quote a URL that they do not understand. Everything that may be a secret goes:
// the user's part, up to the last @, and all behind the question mark.
std::string without_secrets(std::string url) {
  if (const auto at = url.rfind('@'); at != std::string::npos) {
    url.erase(url.find("//") + 2, at - url.find("//") - 1);
  }
  return url.substr(0, url.find('?'));
}

std::string name_of(const Parameters& parameters) {
  const std::string host = find(parameters, "host");
  const std::string port = find(parameters, "port");
  std::string name = "postgresql://";
  const bool is_socket = host.starts_with('/');
  if (!is_socket) name += host.empty() ? find(parameters, "hostaddr") : host;
  if (port.find_first_not_of(',') != std::string::npos) name += ':' + port;  // one a host
  name += '/' + find(parameters, "dbname");
  return is_socket ? name + "?host=" + host : name;
}

Error refused(const std::string& why) { return {Errc::kBadConfiguration, why}; }

}  // namespace

PostgresAddress::PostgresAddress(const std::string& url, std::string password) {
  if (!url.starts_with("postgresql://") && !url.starts_with("postgres://")) {
    throw refused("is no address of a PostgreSQL: it begins with postgresql://");
  }
  auto parsed = parse(url);
  if (!parsed.valid) {
    const auto again = parse(without_secrets(url));
    throw refused(again.valid ? "user, password or parameters are not readable; write what is no "
                                "letter or digit there as %40"
                              : again.why);
  }
  if (!find(parsed.parameters, "password").empty()) {
    throw refused("has a password, which others could read there; put it into a file of its own");
  }
  if (find(parsed.parameters, "port").find_first_not_of("0123456789,") != std::string::npos) {
    throw refused("the port is no number; a user's name or password with / in it is written %2F");
  }
  name_ = name_of(parsed.parameters);
  parameters_ = std::move(parsed.parameters);
  const auto add = [&](const char* name, std::string value) {
    if (find(parameters_, name).empty() && !value.empty()) {
      parameters_.emplace_back(name, std::move(value));
    }
  };
  add("password", std::move(password));
  add("client_encoding", "UTF8");
  add("fallback_application_name", "nbasync");
  // A host that does not answer: then the next of the list. In milliseconds.
  add("tcp_user_timeout", "5000");
  hosts_ = std::make_shared<PostgresHosts>(parameters_);
}

}  // namespace nbasync
