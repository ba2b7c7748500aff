#include "ctl/transport/socket/event_parser.hpp"

#include <utility>

#include "base/error.hpp"

namespace nbasync::ctl {

void EventParser::feed(std::string_view bytes) {
  constexpr std::size_t kMostPending = 16 << 20;
  for (const char byte : bytes) {
    const bool second = after_return_ && byte == '\n';
    after_return_ = byte == '\r';
    if (second) continue;
    if (byte == '\n' || byte == '\r') {
      read_line(std::exchange(pending_, {}));
    } else {
      pending_ += byte;
    }
  }
  if (pending_.size() + data_.size() > kMostPending) {
    throw Error(Errc::kInternal, "the daemon sends an event that is too large");
  }
}

std::optional<EventParser::Message> EventParser::next() {
  if (messages_.empty()) return std::nullopt;
  auto message = std::move(messages_.front());
  messages_.pop_front();
  return message;
}

void EventParser::read_line(std::string_view line) {
  if (line.empty()) {
    last_id_ = id_;
    if (has_data_) messages_.push_back({name_.empty() ? "message" : name_, data_});
    name_.clear();
    data_.clear();
    has_data_ = false;
    return;
  }
  const auto colon = line.find(':');
  const auto field = line.substr(0, colon);  // empty: a comment, as those that keep alive
  auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") {
    name_ = value;
  } else if (field == "id") {
    id_ = value;
  } else if (field == "data") {
    if (std::exchange(has_data_, true)) data_ += '\n';
    data_ += value;
  }
}

}  // namespace nbasync::ctl
