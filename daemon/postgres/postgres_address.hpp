#pragma once

#include <string>
#include <utility>
#include <vector>

namespace nbasync {

// Which PostgreSQL: one or more hosts, a database, a user.
class PostgresAddress {
 public:
  // `url` is a libpq URL, postgresql://…, without a password, which is a secret and has a place of
  // its own. Throws Error(kBadConfiguration), whose message has no password either.
  explicit PostgresAddress(const std::string& url, std::string password = {});

  // For messages: where it is, never a secret.
  const std::string& name() const { return name_; }

  // What libpq is told, by its own names; the password is among them.
  const std::vector<std::pair<std::string, std::string>>& parameters() const { return parameters_; }

 private:
  std::string name_;
  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace nbasync
