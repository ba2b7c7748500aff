#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbasync::ctl {

// An HTTP/1.1 response that comes piece by piece: by Content-Length, in chunks, or until the
// connection ends. No socket inside. Everything throws Error(kInternal) for what is no HTTP, and
// for more than a daemon of ours would send.
class HttpResponse {
 public:
  void feed(std::string_view bytes);
  void end();  // nothing more will come; throws if something should

  bool has_head() const { return state_ > State::kHeader; }
  bool complete() const { return state_ == State::kDone; }
  bool empty() const { return !began_; }  // not one byte has come

  int status() const { return status_; }
  std::string_view header(std::string_view name) const;  // empty if there is none; any case

  // The body so far; take_body() leaves nothing behind.
  const std::string& body() const { return body_; }
  std::string take_body() { return std::exchange(body_, {}); }

 private:
  enum class State {
    kStatusLine,
    kHeader,
    kSizedBody,
    kEndlessBody,
    kChunkSize,
    kChunk,
    kChunkEnd,
    kTrailer,
    kDone
  };

  bool step();
  bool in_body() const;
  bool take_line(std::string& line);
  void read_status_line(const std::string& line);
  void read_header(const std::string& line);
  void begin_body();
  void read_chunk_size(const std::string& line);

  State state_ = State::kStatusLine;
  bool began_ = false;
  int status_ = 0;
  std::vector<std::pair<std::string, std::string>> headers_;  // names in lower case
  std::size_t head_size_ = 0;
  std::size_t left_ = 0;  // bytes of the body, or of the chunk
  std::string pending_;   // not yet understood
  std::string body_;
};

}  // namespace nbasync::ctl
