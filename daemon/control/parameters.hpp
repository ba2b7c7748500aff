#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "http/request.hpp"

namespace nbasync {

// "90" and "1.5" are seconds, "5m" is a duration. Throws Error(kInvalidArgument) naming `name`.
Duration parse_seconds_or_duration(std::string_view name, const std::string& text);

// The query of a request, checked. Everything throws Error(kInvalidArgument) with a message that
// names the parameter and says what to write. An empty value counts as not given.
class Parameters {
 public:
  // Throws for a parameter that is not among `known`, and for one given twice. `request` must
  // outlive this.
  Parameters(const HttpRequest& request, std::initializer_list<std::string_view> known);

  std::optional<std::string> text(std::string_view name) const;
  std::optional<Duration> duration(std::string_view name, Duration most) const;
  std::optional<std::string> date(std::string_view name) const;    // "2026-01-15"
  std::optional<std::string> season(std::string_view name) const;  // "2025-26"
  std::optional<std::string> team(std::string_view name) const;    // "BOS", "1610612738"
  // 1 to `most`.
  unsigned limit(std::string_view name, unsigned when_absent, unsigned most) const;
  std::optional<std::string> word(std::string_view name,
                                  const std::vector<std::string_view>& known) const;

 private:
  const HttpRequest& request_;
};

}  // namespace nbasync
