#include "net/url.hpp"

#include <curl/curl.h>

#include <memory>

namespace nbasync {
namespace {

struct CurlFree {
  void operator()(char* text) const noexcept { curl_free(text); }
};
using CurlText = std::unique_ptr<char, CurlFree>;

std::string escape(const std::string& value) {
  const CurlText escaped(curl_easy_escape(nullptr, value.data(), static_cast<int>(value.size())));
  if (!escaped) throw std::bad_alloc();
  std::string text = escaped.get();
  constexpr std::string_view kEscapedSpace = "%20";
  for (auto at = text.find(kEscapedSpace); at != std::string::npos;
       at = text.find(kEscapedSpace, at)) {
    text.replace(at, kEscapedSpace.size(), "+");
  }
  return text;
}

using CurlUrl = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Null: curl cannot read it.
CurlUrl parse(const std::string& url) {
  CurlUrl parsed(curl_url(), &curl_url_cleanup);
  if (parsed && curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    parsed.reset();
  }
  return parsed;
}

std::string part(CURLU* url, CURLUPart what) {
  char* text = nullptr;
  if (curl_url_get(url, what, &text, 0) != CURLUE_OK) return {};
  return CurlText(text).get();
}

}  // namespace

std::string build_url(std::string_view base, const Request& request) {
  while (base.ends_with('/')) base.remove_suffix(1);
  std::string url{base};
  url += '/' + request.path;
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    url += separator + escape(name) + '=';
    if (!value.empty()) url += escape(value);  // to curl, length 0 means strlen
    separator = '&';
  }
  return url;
}

bool is_readable_url(const std::string& url) {
  const auto parsed = parse(url);
  return parsed && !part(parsed.get(), CURLUPART_HOST).empty();
}

std::string host_of(const std::string& url) {
  const auto parsed = parse(url);
  if (!parsed) return "(a URL that cannot be read)";
  const std::string port = part(parsed.get(), CURLUPART_PORT);
  return part(parsed.get(), CURLUPART_HOST) + (port.empty() ? "" : ":" + port);
}

const char* redirect_protocols(std::string_view url) {
  return url.starts_with("https:") ? "https" : "http,https";
}

}  // namespace nbasync
