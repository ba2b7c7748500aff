#include "copy/file_digest.hpp"

#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <new>

#include "base/format.hpp"
#include "base/scratch_file.hpp"

namespace nbasync {

std::string sha256_of(const std::string& path) {
  const auto file = open_file(path);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(),
                                                                       &EVP_MD_CTX_free);
  if (!digest || EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr) != 1)
    throw std::bad_alloc();
  std::string block(256 << 10, '\0');
  for (;;) {
    const auto count = ::read(file.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_of_file(path, errno);
    if (count == 0) break;
    EVP_DigestUpdate(digest.get(), block.data(), static_cast<std::size_t>(count));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  EVP_DigestFinal_ex(digest.get(), bytes.data(), &length);
  std::string text;
  for (unsigned i = 0; i < length; ++i) text += format("{:02x}", bytes[i]);
  return text;
}

}  // namespace nbasync
