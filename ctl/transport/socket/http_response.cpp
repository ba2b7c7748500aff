#include "ctl/transport/socket/http_response.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nbasync::ctl {
namespace {

constexpr std::size_t kMostHead = 64 << 10;
constexpr std::size_t kMostBody = 64 << 20;

[[noreturn]] void malformed(const std::string& why) {
  throw Error(Errc::kInternal, "the daemon's answer is no HTTP: " + why);
}

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc() || last != end || text.empty()) malformed("a size is no number");
  if (value > kMostBody) malformed("the body is too large");
  return value;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
  const auto found =
      std::ranges::find(headers_, lower(name), &decltype(headers_)::value_type::first);
  return found == headers_.end() ? std::string_view() : std::string_view(found->second);
}

void HttpResponse::feed(std::string_view bytes) {
  began_ = began_ || !bytes.empty();
  pending_ += bytes;
  while (step()) {
  }
}

void HttpResponse::end() {
  if (state_ == State::kEndlessBody) state_ = State::kDone;
  if (!complete()) malformed("it ends in the middle");
}

bool HttpResponse::in_body() const {
  return state_ == State::kSizedBody || state_ == State::kEndlessBody || state_ == State::kChunk;
}

// Understands one more piece of what is pending; false when it needs more.
bool HttpResponse::step() {
  if (state_ == State::kDone) return false;
  if (in_body()) {
    if (pending_.empty()) return false;
    const bool endless = state_ == State::kEndlessBody;
    const auto size = endless ? pending_.size() : std::min(pending_.size(), left_);
    if (body_.size() + size > kMostBody) malformed("the body is too large");
    body_.append(pending_, 0, size);
    pending_.erase(0, size);
    if (endless || (left_ -= size) > 0) return true;
    state_ = state_ == State::kChunk ? State::kChunkEnd : State::kDone;
    return true;
  }
  std::string line;
  if (!take_line(line)) return false;
  switch (state_) {
    case State::kStatusLine:
      read_status_line(line);
      break;
    case State::kHeader:
      if (line.empty()) {
        begin_body();
      } else {
        read_header(line);
      }
      break;
    case State::kChunkSize:
      read_chunk_size(line);
      break;
    case State::kChunkEnd:
      if (!line.empty()) malformed("a chunk is longer than it says");
      state_ = State::kChunkSize;
      break;
    case State::kTrailer:
      if (line.empty()) state_ = State::kDone;
      break;
    case State::kSizedBody:
    case State::kEndlessBody:
    case State::kChunk:
    case State::kDone:
      break;
  }
  return true;
}

bool HttpResponse::take_line(std::string& line) {
  const auto end = pending_.find('\n');
  const bool in_head = state_ == State::kStatusLine || state_ == State::kHeader;
  if (pending_.size() > kMostHead && end == std::string::npos) malformed("a line is too long");
  if (end == std::string::npos) return false;
  if (in_head && (head_size_ += end) > kMostHead) malformed("the head is too long");
  line = pending_.substr(0, end);
  pending_.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

void HttpResponse::read_status_line(const std::string& line) {
  constexpr std::string_view kForm = "HTTP/1.1 200";
  if (line.size() < kForm.size() || !line.starts_with("HTTP/1.") || line[8] != ' ') {
    malformed("it does not begin with a status");
  }
  status_ = static_cast<int>(number(std::string_view(line).substr(9, 3), 10));
  if (status_ < 100) malformed("its status is none");
  state_ = State::kHeader;
}

void HttpResponse::read_header(const std::string& line) {
  const auto colon = line.find(':');
  if (colon == std::string::npos || colon == 0) malformed("a header has no name");
  const auto text = std::string_view(line);
  headers_.emplace_back(lower(text.substr(0, colon)), trimmed(text.substr(colon + 1)));
}

void HttpResponse::begin_body() {
  const auto encoding = lower(header("transfer-encoding"));
  const auto length = header("content-length");
  if (status_ < 200) {  // only "go on": the answer itself is still to come
    headers_.clear();
    state_ = State::kStatusLine;
  } else if (status_ == 204 || status_ == 304) {
    state_ = State::kDone;
  } else if (encoding == "chunked") {
    state_ = State::kChunkSize;
  } else if (!encoding.empty()) {
    malformed("a transfer encoding that nobody asked for");
  } else if (length.empty()) {
    state_ = State::kEndlessBody;
  } else {
    left_ = number(length, 10);
    state_ = left_ == 0 ? State::kDone : State::kSizedBody;
  }
}

void HttpResponse::read_chunk_size(const std::string& line) {
  left_ = number(trimmed(std::string_view(line).substr(0, line.find(';'))), 16);
  state_ = left_ == 0 ? State::kTrailer : State::kChunk;
}

}  // namespace nbasync::ctl
