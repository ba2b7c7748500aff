#include "base/secret.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";  // of some editors

std::optional<Secret> read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  std::string_view text = all;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return Secret{std::string(trimmed(text, kBlanksOfLines)), path};
}

}  // namespace

std::string one_line_token(std::string_view text, const std::string& from) {
  if (text.find_first_of("\r\n") != text.npos) {
    throw Error(Errc::kBadConfiguration,
                format("{}: has more than one line; a token is one line", from));
  }
  return std::string(text);
}

std::optional<Secret> read_secret(const char* credential,
                                  const std::optional<std::filesystem::path>& file, const char* key,
                                  const char* what) {
  if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY")) {
    auto secret = read(std::filesystem::path(folder) / credential);
    if (secret && !secret->text.empty()) return secret;
  }
  if (!file) return std::nullopt;
  auto secret = read(*file);
  if (secret && !secret->text.empty()) return secret;
  throw Error(Errc::kBadConfiguration,
              format("{}: {}: {}", key, file->string(),
                     secret ? format("is empty; write the {} into it", what)
                            : "cannot be read; it must exist and be readable for this user"));
}

}  // namespace nbasync
