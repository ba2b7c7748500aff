#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/unique_fd.hpp"

namespace nbasync::testing {

// A way to a PostgreSQL's socket by a port of loopback, on which what is said can be lost. Any
// thread.
class PostgresProxy {
 public:
  // To the server whose socket is in this folder. Throws std::runtime_error.
  explicit PostgresProxy(const std::filesystem::path& server);
  ~PostgresProxy();
  PostgresProxy(const PostgresProxy&) = delete;
  PostgresProxy& operator=(const PostgresProxy&) = delete;

  // A URL of the server's, by this way.
  std::string url(std::string of_server) const;

  // The next message with this text reaches the server, whose whole answer is thrown away; then the
  // connection is cut. One at a time.
  void lose_answer_to(const std::string& text);
  bool has_lost() const { return lost_; }

  // From now on nothing gets through, either way, and no connection ends: as without a network.
  // Afterwards all that was said meanwhile arrives.
  void hold() { tell('h'); }
  void let_through() { tell('l'); }

 private:
  struct Way {
    UniqueFd client;
    UniqueFd server;
    std::string said;    // by the client lately
    bool loses = false;  // what the server says
  };

  void serve();
  void accept();
  bool pass_on(Way& way, bool from_client);
  void tell(char word) const;

  std::filesystem::path server_;
  UniqueFd listener_;
  std::uint16_t port_ = 0;
  UniqueFd told_;  // what serve() is to do next
  UniqueFd teller_;
  bool holds_ = false;
  std::list<Way> ways_;
  std::mutex mutex_;
  std::string text_;  // guarded by mutex_
  std::atomic<bool> lost_ = false;
  std::jthread thread_;  // the last: it uses all of the above
};

}  // namespace nbasync::testing
