#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace nbasync::ctl {

// Reads Server-Sent Events out of a stream's bytes, as the HTML standard has it. No socket inside.
class EventParser {
 public:
  struct Message {
    std::string name;  // "message" if it says none
    std::string data;
  };

  void feed(std::string_view bytes);
  std::optional<Message> next();

  // What to ask for when the stream broke off; empty if no event had an id.
  const std::string& last_id() const { return last_id_; }

 private:
  void read_line(std::string_view line);

  std::string pending_;
  bool after_return_ = false;  // the last byte was a CR, which a LF may follow
  std::string name_;
  std::string data_;
  bool has_data_ = false;
  std::string id_;
  std::string last_id_;
  std::deque<Message> messages_;
};

}  // namespace nbasync::ctl
