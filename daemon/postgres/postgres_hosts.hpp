#pragma once

#include <libpq-fe.h>

#include <cstddef>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace nbasync {

// The hosts that an address names, of which one has the database: the one that answered last is
// asked first. Any thread.
class PostgresHosts {
 public:
  using Parameters = std::vector<std::pair<std::string, std::string>>;  // libpq's
  using Numbers = std::vector<std::size_t>;  // hosts, by their place in the address

  explicit PostgresHosts(const Parameters& parameters);

  // All of them, in the order in which they are to be asked now.
  Numbers order() const;

  // What is told to libpq so that it asks these alone, one after the other.
  Parameters only(Parameters parameters, const Numbers& hosts) const;

  // Which of these libpq is connected with, or tries just now.
  std::size_t current(const PGconn* connection, const Numbers& of) const;

  // One that has said nothing is not asked first the next time.
  void is_silent(std::size_t host);

  // It has the database: sessions with another are worth nothing any more.
  void has_answered(std::size_t host);
  bool is_elsewhere(std::size_t host) const;

  bool are_several() const { return count_ > 1; }

 private:
  std::vector<std::string> hosts_;  // as many as there are, or none; so the next two
  std::vector<std::string> addresses_;
  std::vector<std::string> ports_;
  const std::size_t count_;

  mutable std::mutex mutex_;
  std::size_t first_ = 0;  // guarded by mutex_, as the next
  std::size_t home_ = 0;   // who has answered last
};

}  // namespace nbasync
