#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.hpp"
#include "http/request.hpp"

namespace nbasync {

inline constexpr const char* kDurationExample = "30s";  // for documents

// What a parameter is given as, checked, by its kind. An empty text and a duration of 0 are those
// of one that is not given.
using Argument = std::variant<std::string, Duration, unsigned, std::optional<std::int64_t>>;

template <typename T>
struct ParameterOf;

// A parameter of a request: enough to check it, and to describe it.
struct Parameter {
  enum class Kind { kText, kWord, kDate, kSeason, kTeam, kDuration, kLimit, kNumber };

  Kind kind;
  std::string_view name;
  std::string_view help;                     // for documents, without its end: "of this type only"
  Argument when_absent = {};                 // what an empty value means, too
  Argument most = {};                        // of kDuration, and of kLimit, which begins at 1
  std::vector<std::string_view> words = {};  // of kWord
  bool header = false;                       // it is not in the query, but a header line

  static ParameterOf<std::string> text(std::string_view name, std::string_view help);
  static ParameterOf<std::string> word(std::string_view name, std::vector<std::string_view> words,
                                       std::string_view when_absent, std::string_view help);
  static ParameterOf<std::string> date(std::string_view name, std::string_view help);
  static ParameterOf<std::string> season(std::string_view name, std::string_view help);
  static ParameterOf<std::string> team(std::string_view name, std::string_view help);
  static ParameterOf<Duration> duration(std::string_view name, Duration most,
                                        std::string_view help);
  static ParameterOf<unsigned> limit(std::string_view name, unsigned when_absent, unsigned most,
                                     std::string_view help);
  static ParameterOf<std::optional<std::int64_t>> number(std::string_view name,
                                                         std::string_view help);  // 0 or more
};

// One whose argument is a T.
template <typename T>
struct ParameterOf : Parameter {
  // The same as a header line of that name.
  ParameterOf in_header() const {
    auto other = *this;
    other.header = true;
    return other;
  }
};

// The JSON Schema of what a parameter takes.
nlohmann::json schema_of(const Parameter& parameter);

// The arguments of these parameters, in their order. Throws Error(kInvalidArgument), naming the
// parameter and saying what to write, for a wrong value, an unknown parameter, one given twice.
std::vector<Argument> read_arguments(const HttpRequest& request,
                                     const std::vector<Parameter>& known);

}  // namespace nbasync
