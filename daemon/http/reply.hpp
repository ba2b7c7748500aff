#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"

namespace nbasync {

// A body that comes bit by bit, for as long as the client listens. Loop thread.
class ReplyStream {
 public:
  virtual ~ReplyStream() = default;

  // Copies what is due, `room` bytes at most. 0: nothing is due, or it is over.
  virtual std::size_t read(char* buffer, std::size_t room) = 0;

  // Nothing more will come.
  virtual bool is_over() const = 0;

  // It is over before its end: the client must not take what it got for the whole.
  virtual bool has_failed() const { return false; }

  // How long the client may leave what is there unread; zero: as long as it likes.
  virtual Duration patience() const { return Duration::zero(); }

  // `ready` is called whenever there may be something to read again, or it is over.
  virtual void on_ready(std::function<void()> ready) = 0;
};

// What a request is answered. A value.
struct HttpReply {
  int status = 200;
  std::string content_type;  // empty: there is no body
  std::string body;
  // With a Content-Encoding the body is as that says; else it is gzipped on its way where wanted.
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<ReplyStream> stream;  // then the body is what this delivers
};

// Gives the reply to one request: once, at once or later. Loop thread. A reply to somebody who has
// gone is thrown away; so is a second one.
using Answer = std::function<void(HttpReply)>;

}  // namespace nbasync
