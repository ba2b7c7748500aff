#include "control/token.hpp"

#include <cstdlib>

#include "base/format.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace nbasync {

std::string read_token(const std::optional<std::filesystem::path>& file) {
  if (const auto secret = read_secret("token", file, "control.http.token_file", "token")) {
    return one_line_token(secret->text, format("token file {}", secret->file.string()));
  }
  const char* secret = std::getenv("ADMIN_SYNC_SECRET");
  if (secret == nullptr) return {};
  return one_line_token(trimmed(secret, kBlanksOfLines), "ADMIN_SYNC_SECRET");
}

}  // namespace nbasync
