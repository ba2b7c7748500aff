#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/unique_fd.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// The daemon's control socket in a test of the client: HTTP/1.1 over a Unix socket, one request a
// connection, answered as the test says. Any thread.
class ControlStandIn {
 public:
  struct Request {
    std::string method;
    std::string target;
    std::string head;  // as it came
    std::string body;
  };
  struct Reply {
    int status = 200;
    std::string body = "{}";
    std::string content_type = "application/json";
    bool chunked = false;
  };
  // Runs on a connection's thread; nullopt: the connection is closed without an answer.
  using Handler = std::function<std::optional<Reply>(const Request&)>;

  ControlStandIn();
  ControlStandIn(const ControlStandIn&) = delete;
  ControlStandIn& operator=(const ControlStandIn&) = delete;
  ~ControlStandIn();

  std::string path() const { return directory_.path() / "control.sock"; }

  // Answers what begins with "GET /api/v1/status" so; what nothing was said for is not found.
  void answer(const std::string& beginning, Handler handler);
  void answer(const std::string& beginning, Reply reply);

  // Sends these bytes to all who follow /api/v1/events; drop_readers() closes their connections.
  void send_events(const std::string& bytes);
  void drop_readers();

  // Until so many streams of events have been opened, at all. False at a ceiling of 30 s.
  bool wait_for_readers(std::size_t count);

  std::vector<Request> requests() const;

  // What this thread has set before, the handlers of later requests see. A request of another
  // process orders nothing in the eyes of the thread sanitizer.
  void publish() const { const std::lock_guard lock(mutex_); }

  // From now on nobody is there: the connections end, and no new one is taken. From any thread but
  // a handler's.
  void go();

 private:
  void accept_connections();
  void serve(int fd);
  std::optional<Request> read_request(int fd) const;

  TemporaryDirectory directory_;
  UniqueFd listener_;
  UniqueFd stopped_;

  mutable std::mutex mutex_;
  std::condition_variable opened_;
  std::map<std::string, Handler> handlers_;
  std::vector<Request> requests_;
  std::list<UniqueFd> readers_;
  std::size_t readers_ever_ = 0;

  std::list<std::jthread> connections_;  // the accepting thread's
  std::jthread acceptor_;
};

}  // namespace nbasync::testing
