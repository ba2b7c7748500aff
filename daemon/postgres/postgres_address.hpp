#pragma once

#include <memory>
#include <string>

#include "postgres/postgres_hosts.hpp"

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
  const PostgresHosts::Parameters& parameters() const { return parameters_; }

  // Which of its hosts are to be asked; all copies of this address know the same.
  const std::shared_ptr<PostgresHosts>& hosts() const { return hosts_; }

 private:
  std::string name_;
  PostgresHosts::Parameters parameters_;
  std::shared_ptr<PostgresHosts> hosts_;
};

}  // namespace nbasync
