#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nbasync {

// An object of a CDN document, whose members are read by name. Every member may be absent or null;
// one of the wrong type throws Error(kUpstreamMalformed) naming the place and the member. Lives as
// long as the parsed document.
class JsonFields {
 public:
  // `place` names the object in messages: "todaysScoreboard_00 game 0022500001".
  JsonFields(simdjson::dom::element object, std::string place);

  std::optional<std::string_view> text(std::string_view name) const;  // without spaces around it
  std::optional<std::int64_t> integer(std::string_view name) const;   // also 13.0 and "13"
  std::optional<bool> flag(std::string_view name) const;              // also "true" and "false"

  // These must be there.
  JsonFields object(std::string_view name) const;
  simdjson::dom::array array(std::string_view name) const;

  [[noreturn]] void malformed(std::string_view why) const;

 private:
  std::optional<simdjson::dom::element> member(std::string_view name) const;

  simdjson::dom::object object_;
  std::string place_;
};

}  // namespace nbasync
