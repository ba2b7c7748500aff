#include "control/parameters.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "control/argument.hpp"

namespace nbasync {
namespace {

void check_names(const HttpQuery& query, const std::vector<Parameter>& known) {
  std::vector<std::string_view> names;
  names.reserve(known.size());
  for (const auto& each : known) {
    if (!each.header) names.push_back(each.name);
  }
  for (auto each = query.begin(); each != query.end(); ++each) {
    const auto& name = each->first;
    if (std::ranges::find(names, name) == names.end()) {
      throw Error(Errc::kInvalidArgument,
                  format("unknown parameter {}{}", in_quotes(name, kLongestExcerpt),
                         names.empty() ? "; there are none here" : suggest(name, names)));
    }
    const bool again =
        std::any_of(query.begin(), each, [&](const auto& other) { return other.first == name; });
    if (again) refuse_parameter(name, "is given twice");
  }
}

// Empty if it is not given.
std::string given_text(const HttpRequest& request, const Parameter& parameter) {
  if (parameter.header) return std::string(request.header(lower(parameter.name)));
  const auto given =
      std::ranges::find(request.query, parameter.name, &HttpQuery::value_type::first);
  return given == request.query.end() ? std::string() : given->second;
}

}  // namespace

ParameterOf<std::string> Parameter::text(std::string_view name, std::string_view help) {
  return {{Kind::kText, name, help, {}, {}, {}}};
}
ParameterOf<std::string> Parameter::word(std::string_view name, std::vector<std::string_view> words,
                                         std::string_view when_absent, std::string_view help) {
  return {{Kind::kWord, name, help, std::string(when_absent), {}, std::move(words)}};
}
ParameterOf<std::string> Parameter::date(std::string_view name, std::string_view help) {
  return {{Kind::kDate, name, help, {}, {}, {}}};
}
ParameterOf<std::string> Parameter::season(std::string_view name, std::string_view help) {
  return {{Kind::kSeason, name, help, {}, {}, {}}};
}
ParameterOf<std::string> Parameter::team(std::string_view name, std::string_view help) {
  return {{Kind::kTeam, name, help, {}, {}, {}}};
}
ParameterOf<Duration> Parameter::duration(std::string_view name, Duration most,
                                          std::string_view help) {
  return {{Kind::kDuration, name, help, Duration{0}, most, {}}};
}
ParameterOf<unsigned> Parameter::limit(std::string_view name, unsigned when_absent, unsigned most,
                                       std::string_view help) {
  return {{Kind::kLimit, name, help, when_absent, most, {}}};
}

ParameterOf<std::optional<std::int64_t>> Parameter::number(std::string_view name,
                                                           std::string_view help) {
  return {{Kind::kNumber, name, help, std::optional<std::int64_t>(), {}, {}}};
}

std::vector<Argument> read_arguments(const HttpRequest& request,
                                     const std::vector<Parameter>& known) {
  check_names(request.query, known);
  std::vector<Argument> arguments;
  arguments.reserve(known.size());
  for (const auto& parameter : known) {
    const auto given = given_text(request, parameter);
    arguments.push_back(given.empty() ? parameter.when_absent : read_argument(parameter, given));
  }
  return arguments;
}

}  // namespace nbasync
