#include "config/network_codec.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

#include "base/text.hpp"
#include "net/url.hpp"
#include "postgres/postgres_address.hpp"

namespace nbasync {
namespace {

[[noreturn]] void refuse_address(const std::string& why) {
  throw Error(Errc::kInvalidArgument, why);
}

bool is_url(std::string_view url, std::string_view scheme) {
  if (!url.starts_with(scheme) || !url.substr(scheme.size()).starts_with("://")) return false;
  const auto host = url.substr(scheme.size() + 3);
  return !host.empty() && host.front() != '/' && host.find_first_of(" \t?#") == host.npos;
}

// file:DIR, file:/DIR and file:///DIR; what follows "//" up to the next slash would be a host.
std::string file_url(const YamlNode& node, std::string_view url) {
  auto folder = url.substr(std::string_view("file:").size());
  if (folder.starts_with("//")) {
    folder.remove_prefix(2);
    if (!folder.starts_with('/')) folder = {};
  }
  if (folder.empty())
    refuse_address(format("'{}' names no folder; write file:///DIR or file:DIR", excerpt(url)));
  return "file://" + from_folder_of(node, folder).string();
}

std::string masked(const std::string& url) {
  const auto scheme = url.find("://");
  const auto start = scheme == std::string::npos ? 0 : scheme + 3;
  const auto at = url.rfind('@');
  return at == std::string::npos || at < start ? url
                                               : url.substr(0, start) + "***" + url.substr(at);
}

bool is_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, port);
  return error == std::errc{} && stop == end && port > 0;
}

}  // namespace

Codec<std::string> base_url() {
  return {
      [](const YamlNode& node) {
        auto url = one_line(node, "a URL");
        if (url.starts_with("file:")) {
          url = file_url(node, url);
        } else if (!is_url(url, "http") && !is_url(url, "https")) {
          refuse_address(format(
              "'{}' is no base URL; write http://HOST, https://HOST or file:///DIR", excerpt(url)));
        }
        while (url.ends_with('/') && url != "file:///") url.pop_back();
        return url;
      },
      [](const std::string& url) { return url; }};
}

Codec<std::string> postgres_url(const std::vector<std::string_view>& words) {
  return {[words](const YamlNode& node) {
            auto url = one_line(node, "a URL");
            if (std::ranges::count(words, url) != 0) return url;
            if (!words.empty() && url.find("://") == std::string::npos) {
              refuse_address(
                  format("'{}' is not known here; write {} or postgresql://USER@HOST/"
                         "DATABASE",
                         excerpt(masked(url)), joined(words)));
            }
            try {
              (void)PostgresAddress(url);
            } catch (const Error& error) {
              refuse_address(error.what());
            }
            return url;
          },
          [](const std::string& url) { return url; }};
}

Codec<std::string> proxy_url() {
  return {
      [](const YamlNode& node) {
        constexpr std::array kSchemes{"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
        auto url = one_line(node, "a proxy's URL");
        const auto fits = [&](const char* scheme) { return is_url(url, scheme); };
        if (std::none_of(kSchemes.begin(), kSchemes.end(), fits)) {
          refuse_address(format("'{}' is no proxy; write http://HOST:PORT or socks5h://HOST:PORT",
                                excerpt(masked(url))));
        }
        return url;
      },
      masked};
}

Codec<std::string> receiver_url() {
  return {[](const YamlNode& node) {
            auto url = one_line(node, "a URL");
            const auto query = std::min(url.find('?'), url.size());
            const auto head = std::string_view(url).substr(0, query);
            const bool is_whole = url.find_first_of(" \t#") == url.npos;
            if (!is_whole || (!is_url(head, "http") && !is_url(head, "https")) ||
                !is_readable_url(url)) {
              refuse_address(
                  format("'{}' is no URL; write http://HOST/PATH or https://HOST/PATH; "
                         "in a password %2F is /, %3F is ?, %40 is @",
                         excerpt(masked(url))));
            }
            return url;
          },
          masked};
}

Codec<std::string> host_name() {
  return {[](const YamlNode& node) {
            auto name = one_line(node, "a host's name");
            if (name.find_first_of(" \t:/@[]*") != std::string::npos) {
              refuse_address(
                  format("'{}' is no host's name; write it like nba.example.org", excerpt(name)));
            }
            return name;
          },
          [](const std::string& name) { return name; }};
}

Codec<std::string> listen_address() {
  return {[](const YamlNode& node) {
            auto address = one_line(node, "an address");
            const auto colon = address.rfind(':');
            const bool bracketed = address.starts_with('[') && address.find("]:") + 1 == colon;
            const bool plain = address.find_first_of(":[] /") == colon;
            if (colon == std::string::npos || colon == 0 || !(bracketed || plain) ||
                !is_port(std::string_view(address).substr(colon + 1))) {
              refuse_address(format("'{}' is no address; write 127.0.0.1:8080 or [::1]:8080",
                                    excerpt(address)));
            }
            return address;
          },
          [](const std::string& address) { return address; }};
}

}  // namespace nbasync
