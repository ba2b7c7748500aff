#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "http/budget.hpp"
#include "http/reply.hpp"

namespace nbasync {

class EventStream;

// One listener's place in the stream of events, which is what its connection sends. It owns no
// events, only how far it has come: a slow listener costs nothing, and is dropped once what it
// wants next is no longer kept. Loop thread; the stream must outlive it.
class EventReader final : public ReplyStream {
 public:
  // Has a share of `budget` from now on, for that peer.
  EventReader(EventStream& stream, std::uint64_t next_id, Budget& budget, const std::string& peer);

  std::size_t read(char* buffer, std::size_t room) override;
  bool is_over() const override { return over_; }  // the stream has ended, or it was too slow
  void on_ready(std::function<void()> ready) override { ready_ = std::move(ready); }

 private:
  friend class EventStream;

  void keep_alive();
  void end();  // after what is due
  void drop();
  void wake() const;

  EventStream& stream_;
  Budget::Share share_;
  std::uint64_t next_id_;
  std::string text_;      // what is being sent
  std::size_t sent_ = 0;  // of it
  bool ending_ = false;
  bool over_ = false;
  std::function<void()> ready_;
};

}  // namespace nbasync
