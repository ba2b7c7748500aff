#include "control/tagged_reply.hpp"

#include <utility>

#include "base/text.hpp"

namespace nbasync {
namespace {

// Whether the tag is in an If-None-Match: "*", or a list of tags, weak ones too.
bool is_known(std::string_view header, std::string_view etag) {
  while (!header.empty()) {
    const auto comma = header.find(',');
    auto tag = trimmed(header.substr(0, comma));
    header = comma == header.npos ? std::string_view() : header.substr(comma + 1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == "*" || tag == etag) return true;
  }
  return false;
}

}  // namespace

HttpReply tagged_reply(std::string content_type, std::string body, const std::string& etag,
                       std::string_view known) {
  HttpReply reply;
  if (is_known(known, etag)) {
    reply.status = 304;
  } else {
    reply.content_type = std::move(content_type);
    reply.body = std::move(body);
  }
  reply.headers.emplace_back("ETag", etag);
  reply.headers.emplace_back("Cache-Control", "no-cache");
  return reply;
}

}  // namespace nbasync
