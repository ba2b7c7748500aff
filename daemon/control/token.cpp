#include "control/token.hpp"

#include <cstdlib>
#include <string_view>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

// A header of HTTP can carry one line only. `from`: whose text it is.
std::string one_line(std::string_view text, const std::string& from) {
  if (text.find_first_of("\r\n") != text.npos) {
    throw Error(Errc::kBadConfiguration,
                format("{}: has more than one line; a token is one line", from));
  }
  return std::string(text);
}

}  // namespace

std::string read_token(const std::optional<std::filesystem::path>& file) {
  if (const auto secret = read_secret("token", file, "control.http.token_file", "token")) {
    return one_line(secret->text, format("token file {}", secret->file.string()));
  }
  const char* secret = std::getenv("ADMIN_SYNC_SECRET");
  if (secret == nullptr) return {};
  return one_line(trimmed(secret, kBlanksOfLines), "ADMIN_SYNC_SECRET");
}

}  // namespace nbasync
