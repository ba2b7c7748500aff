#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbasync {

// The two hosts of upstream; where each lives is configuration (upstream.stats_url, .cdn_url).
enum class Host { kStats, kCdn };

// One GET of upstream, by name and not by URL: datasets write them, fetchers carry them out.
struct Request {
  Host host = Host::kStats;
  std::string path;  // below the host's base URL, no leading slash: "teamgamelogs"
  std::vector<std::pair<std::string, std::string>> query;  // in the order to be sent, unescaped
  bool may_fail = false;  // the others' answers are of use without this one's

  // The value of a parameter; empty if there is none.
  std::string_view parameter(std::string_view name) const {
    for (const auto& [key, value] : query) {
      if (key == name) return value;
    }
    return {};
  }

  // "teamgamelogs": the last part of the path without its ending; names the endpoint in messages.
  std::string_view endpoint() const {
    std::string_view name = path;
    name = name.substr(name.rfind('/') + 1);
    return name.substr(0, name.rfind('.'));
  }

  // path and query as one line, for messages; empty values included.
  std::string key() const {
    std::string line = path;
    char separator = '?';
    for (const auto& [name, value] : query) {
      line += separator;
      line += name;
      line += '=';
      line += value;
      separator = '&';
    }
    return line;
  }
};

}  // namespace nbasync
