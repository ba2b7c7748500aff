#include "control/token.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";  // of some editors

// Throws Error: a header of HTTP can carry one line only. `from`: whose text it is.
std::string token_in(std::string_view text, const std::string& from) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text = trimmed(text, kBlanksOfLines);
  if (text.find_first_of("\r\n") != text.npos) {
    throw Error(Errc::kBadConfiguration,
                format("{}: has more than one line; a token is one line", from));
  }
  return std::string(text);
}

std::optional<std::string> read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return token_in(text, format("token file {}", path.string()));
}

}  // namespace

std::string read_token(const std::optional<std::filesystem::path>& file) {
  if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY")) {
    auto token = read(std::filesystem::path(folder) / "token");
    if (token && !token->empty()) return *token;
  }
  if (file) {
    auto token = read(*file);
    if (token && !token->empty()) return *token;
    throw Error(Errc::kBadConfiguration,
                format("control.http.token_file: {}: {}", file->string(),
                       token ? "is empty; write the token into it"
                             : "cannot be read; it must exist and be readable for this user"));
  }
  const char* secret = std::getenv("ADMIN_SYNC_SECRET");
  return secret == nullptr ? std::string() : token_in(secret, "ADMIN_SYNC_SECRET");
}

}  // namespace nbasync
