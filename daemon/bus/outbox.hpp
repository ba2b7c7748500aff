#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <utility>

namespace nbasync {

// What is sent to the bus, in order, and only while the bus takes it: a call of sdbus-c++ 1.4 that
// sends returns when the bus has taken the message, which may be never. Loop thread.
class Outbox {
 public:
  // Messages that wait, at most; what comes when there are so many is lost.
  static constexpr std::size_t kMost = 10'000;

  // `descriptor` is the connection's, which must stay open as long as this is used.
  explicit Outbox(int descriptor) : descriptor_(descriptor) {}
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  // `message` sends one: it is called now; or when the bus takes more, after those that wait, by
  // flush(). What it refers to must live so long. What it throws comes out of here, or of flush().
  template <typename Message>
  void send(Message message) {
    if (waiting_.empty() && is_open()) {
      message();
    } else {
      keep(std::move(message));
    }
  }

  // Sends what waits, as far as the bus takes it.
  void flush();

  // Looks whether the bus takes a message of a few kilobytes without delay, or is gone.
  bool is_open();

  // The bus took nothing when it was last looked at: flush() when its descriptor can be written to.
  bool is_shut() const { return shut_; }
  bool is_empty() const { return waiting_.empty(); }

  // What waits, or would have to, is lost. What waits may keep alive what has this.
  void close();

 private:
  void keep(std::function<void()> message);

  int descriptor_;
  bool shut_ = false;
  bool full_ = false;  // and the log has told
  bool closed_ = false;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace nbasync
