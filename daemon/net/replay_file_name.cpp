#include "net/replay_file_name.hpp"

#include <algorithm>
#include <string_view>

#include "base/format.hpp"
#include "model/season_type.hpp"

namespace nbasync {

std::string replay_file_name(const Request& request) {
  std::string name{request.endpoint()};
  for (const std::string_view parameter :
       {"GameDate", "Season", "PlayerOrTeam", "SeasonType", "MeasureType", "Location"}) {
    const auto value = request.parameter(parameter);
    const bool is_usual = value == names_of(SeasonType::kRegular).upstream;
    if (!value.empty() && !is_usual) name += format("_{}", value);
  }
  std::replace(name.begin(), name.end(), '/', '-');
  return name + ".json";
}

}  // namespace nbasync
