#pragma once

#include <optional>
#include <string>

#include "base/format.hpp"

// Figures of statistics, for people; "-" for what is not known.
namespace nbasync::ctl {

// "27.3".
inline std::string decimal_text(const std::optional<double>& value, int digits) {
  return value ? format("{:.{}f}", *value, digits) : "-";
}

// A fraction as it is written in basketball: ".473", "1.000".
inline std::string share_text(const std::optional<double>& value) {
  auto text = decimal_text(value, 3);
  return text.starts_with("0.") ? text.substr(1) : text;
}

}  // namespace nbasync::ctl
