#include "control/token.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

std::string trimmed(std::string text) {
  text.resize(text.find_last_not_of(" \t\r\n") + 1);
  return text;
}

std::optional<std::string> read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return trimmed({std::istreambuf_iterator<char>(file), {}});
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
  return secret == nullptr ? std::string() : trimmed(secret);
}

}  // namespace nbasync
