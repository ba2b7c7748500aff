#include "ctl/transport/socket/http_json.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/transport/socket/socket_error.hpp"

namespace nbasync::ctl {

using nlohmann::json;

json json_of(const HttpResponse& response) {
  if (response.status() < 200 || response.status() > 299) throw_problem(response);
  if (response.body().empty()) return {};
  auto body = json::parse(response.body(), nullptr, false);
  if (body.is_discarded()) throw Error(Errc::kInternal, "the daemon's answer is no JSON");
  return body;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string result;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      result += format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return result;
}

}  // namespace nbasync::ctl
