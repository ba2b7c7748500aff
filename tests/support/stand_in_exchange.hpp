#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/stand_in_request.hpp"

namespace nbasync::testing {

// The stand-in's side of one request: what a fault acts on. Lives on the connection's thread.
class StandInExchange {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  // Borrows the descriptors: the connection's, and two that become readable when the stand-in stops
  // and when it releases what hangs.
  StandInExchange(int connection, int stopped, int released, StandInRequest request,
                  std::optional<std::string> body);

  const StandInRequest& request() const { return request_; }
  // What the endpoint answers when all is well; empty where it does not exist.
  const std::string& body() const { return body_; }

  // A whole answer, after which the connection is kept. JSON unless the headers say otherwise.
  void answer(int status, std::string_view body, const Headers& headers = {});
  // The endpoint's answer when all is well, or 404.
  void answer_well();

  // Bytes as they are; the connection is closed after the request. False when the client is gone.
  bool send(std::string_view bytes);
  // Closes with a reset instead of an orderly end.
  void reset();
  // Waits. True when the time has passed, false when released, or the client is gone.
  bool wait(std::optional<std::chrono::milliseconds> time);

  // Whether another request may follow on the connection.
  bool reusable() const { return reusable_; }

 private:
  bool write(std::string_view bytes);

  int connection_;
  int stopped_;
  int released_;
  StandInRequest request_;
  bool found_;
  std::string body_;
  bool reusable_ = false;
};

}  // namespace nbasync::testing
