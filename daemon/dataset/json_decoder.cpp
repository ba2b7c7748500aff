#include "dataset/json_decoder.hpp"

#include <simdjson.h>

#include <cctype>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kMaxDepth = 64;
[[noreturn]] void malformed(std::string_view endpoint, const std::string& why) {
  throw Error(Errc::kUpstreamMalformed, format("{}: {}", endpoint, why));
}

void require_object(std::string_view body, std::string_view endpoint) {
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) malformed(endpoint, "upstream answered with an empty body");
  if (body[start] != '{') {
    malformed(endpoint,
              format("the answer is not JSON, it begins with \"{}\"", excerpt(body.substr(start))));
  }
}

}  // namespace

JsonDecoder::JsonDecoder() = default;
JsonDecoder::~JsonDecoder() = default;

simdjson::dom::element JsonDecoder::parse(const std::string& body, std::string_view endpoint) {
  require_object(body, endpoint);
  if (!parser_) parser_ = std::make_unique<simdjson::dom::parser>();
  if (parser_->max_depth() != kMaxDepth || parser_->capacity() < body.size()) {
    if (const auto error = parser_->allocate(body.size(), kMaxDepth)) {
      malformed(endpoint, format("the answer cannot be read: {}", simdjson::error_message(error)));
    }
  }
  simdjson::dom::element root;
  if (const auto error = parser_->parse(body).get(root)) {
    malformed(endpoint, format("the answer is not valid JSON: {}", simdjson::error_message(error)));
  }
  std::string_view message;
  simdjson::dom::object object;
  if (root.get(object) == simdjson::SUCCESS && object.size() == 1 &&
      object["Message"].get(message) == simdjson::SUCCESS) {
    malformed(endpoint, format("upstream answered with an error: \"{}\"", excerpt(message)));
  }
  return root;
}

}  // namespace nbasync
