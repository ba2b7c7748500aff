#include "control/event_reader.hpp"

#include "control/event_stream.hpp"

namespace nbasync {
namespace {

constexpr const char* kGreeting = ": events of nbasyncd\nretry: 2000\n\n";
constexpr const char* kSignOfLife = ": still here\n\n";

}  // namespace

EventReader::EventReader(EventStream& stream, std::uint64_t next_id, Budget& budget,
                         const std::string& peer)
    : stream_(stream), share_(budget, peer), next_id_(next_id), text_(kGreeting) {
  share_.take(1);
}

std::size_t EventReader::read(char* buffer, std::size_t room) {
  if (over_) return 0;
  if (sent_ == text_.size()) {
    if (next_id_ == stream_.next_id()) {
      over_ = ending_;
      return 0;
    }
    const auto* event = stream_.find(next_id_);
    if (event == nullptr) {
      over_ = true;  // too slow
      return 0;
    }
    text_ = *event;
    sent_ = 0;
    ++next_id_;
  }
  const auto count = text_.copy(buffer, room, sent_);
  sent_ += count;
  return count;
}

void EventReader::keep_alive() {
  if (sent_ < text_.size()) {
    drop();  // it has not read all that was sent since the last one
    return;
  }
  text_ = kSignOfLife;
  sent_ = 0;
  wake();
}

void EventReader::end() {
  ending_ = true;
  wake();
}

void EventReader::drop() {
  over_ = true;
  wake();
}

void EventReader::wake() const {
  if (ready_) ready_();
}

}  // namespace nbasync
