#include "support/gzip.hpp"

#define ZLIB_CONST  // next_in may point to const
#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace nbasync::testing {
namespace {

void deflate_into(std::string& out, z_stream& stream, std::string_view data, int flush) {
  std::array<unsigned char, 64 << 10> buffer{};
  stream.next_in = reinterpret_cast<const Bytef*>(data.data());
  stream.avail_in = static_cast<uInt>(data.size());
  do {
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<uInt>(buffer.size());
    deflate(&stream, flush);
    out.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - stream.avail_out);
  } while (stream.avail_out == 0);
}

}  // namespace

std::string gzip(std::string_view data, std::size_t padding) {
  z_stream stream{};
  constexpr int kGzip = 16;
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + kGzip, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::runtime_error("zlib does not start");
  }
  std::string out;
  deflate_into(out, stream, data, Z_NO_FLUSH);
  const std::string spaces(1 << 20, ' ');
  while (padding > 0) {
    const std::size_t part = std::min(padding, spaces.size());
    deflate_into(out, stream, std::string_view(spaces).substr(0, part), Z_NO_FLUSH);
    padding -= part;
  }
  deflate_into(out, stream, {}, Z_FINISH);
  deflateEnd(&stream);
  return out;
}

}  // namespace nbasync::testing
