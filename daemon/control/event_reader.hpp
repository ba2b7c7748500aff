#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace nbasync {

class EventStream;

// One listener's place in the stream of events. It owns no events, only how far it has come: a slow
// listener costs nothing, and is dropped once what it wants next is no longer kept. Loop thread;
// the stream must outlive it.
class EventReader {
 public:
  EventReader(EventStream& stream, std::uint64_t next_id);

  // Copies what is due, `room` bytes at most. 0: nothing is due, or it is over.
  std::size_t read(char* buffer, std::size_t room);

  // Nothing more will come: the stream has ended, or this listener is too slow.
  bool is_over() const { return over_; }

  // Called whenever there may be something to read again, or it is over.
  void on_ready(std::function<void()> ready) { ready_ = std::move(ready); }

 private:
  friend class EventStream;

  void keep_alive();
  void end();  // after what is due
  void drop();
  void wake() const;

  EventStream& stream_;
  std::uint64_t next_id_;
  std::string text_;      // what is being sent
  std::size_t sent_ = 0;  // of it
  bool ending_ = false;
  bool over_ = false;
  std::function<void()> ready_;
};

}  // namespace nbasync
