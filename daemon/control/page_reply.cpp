#include "control/page_reply.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "control/page_files.hpp"
#include "control/problem.hpp"
#include "control/tagged_reply.hpp"
#include "http/gzip.hpp"

namespace nbasync {
namespace {

// Nothing but this daemon, no script and no style within the HTML, no frame around it, and no text
// that becomes HTML.
constexpr std::pair<const char*, const char*> kProtection[] = {
    {"Content-Security-Policy",
     "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
     "require-trusted-types-for 'script'; trusted-types 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
};

// The page shows that the daemon is gone by an icon, which must be there then.
constexpr const char* kIconCaching = "public, max-age=86400";

}  // namespace

HttpReply page_reply(std::string_view name, const HttpRequest& request) {
  const auto files = page_files();
  const auto file = std::ranges::find(files, name, &PageFile::name);
  if (file == files.end()) {
    return problem(problems::kNotFound,
                   format("there is no {} in the page", in_quotes(name, kLongestExcerpt)));
  }
  auto text = gunzip(file->gzipped);
  const bool packed =
      text.size() >= kShortestToGzip && accepts_gzip(request.header("accept-encoding"));
  if (packed) text = file->gzipped;
  auto reply = tagged_reply(std::string(file->content_type), std::move(text),
                            std::string(file->etag), request.header("if-none-match"));
  for (auto& [key, value] : reply.headers) {
    if (key == "ETag" && packed) value.insert(0, "W/");  // as of all that is packed
    if (key == "Cache-Control" && name.ends_with(".svg")) value = kIconCaching;
  }
  if (packed && !reply.body.empty()) reply.headers.emplace_back("Content-Encoding", "gzip");
  for (const auto& [key, value] : kProtection) reply.headers.emplace_back(key, value);
  return reply;
}

}  // namespace nbasync
