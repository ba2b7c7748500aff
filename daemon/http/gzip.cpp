#include "http/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <string>

#include "base/text.hpp"

namespace nbasync {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest, in gzip's form
constexpr int kMemory = 8;            // zlib's default

// Takes off and gives what stands before the separator.
std::string_view next_part(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto part = text.substr(0, end);
  text = end == text.npos ? std::string_view() : text.substr(end + 1);
  return trimmed(part);
}

// "q=0", "q=0.000".
bool is_refusal(std::string_view parameter) {
  if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return false;
  return parameter.find_first_of("123456789") == parameter.npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    auto coding = next_part(accept_encoding, ',');
    const auto name = next_part(coding, ';');
    bool refused = false;
    while (!coding.empty()) refused = is_refusal(next_part(coding, ';')) || refused;
    if (lower(name) == "gzip") return !refused;
    any = any || (name == "*" && !refused);
  }
  return any;
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  if (::deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(::deflateBound(&stream, text.size()), '\0');
  // zlib does not write to its input, but for C's sake takes it as if it could.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  ::deflate(&stream, Z_FINISH);  // in one go: there is room for the worst case
  packed.resize(stream.total_out);
  ::deflateEnd(&stream);
  return packed;
}

std::string gunzip(std::string_view packed) {
  z_stream stream{};
  if (::inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::bad_alloc();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  int result = Z_OK;
  while (result == Z_OK) {
    const auto before = text.size();
    text.resize(std::max(before * 2, packed.size() * 4 + 1));
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream.avail_out = static_cast<uInt>(text.size() - before);
    result = ::inflate(&stream, Z_NO_FLUSH);
    if (result == Z_OK && stream.avail_out > 0) result = Z_BUF_ERROR;  // no more comes
  }
  text.resize(stream.total_out);
  ::inflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::invalid_argument("this is not gzip, or it is cut short");
  return text;
}

}  // namespace nbasync
