#include "net/replay_file_name.hpp"

#include <algorithm>
#include <string_view>

namespace nbasync {

std::string replay_file_name(const Request& request) {
  std::string name{request.endpoint()};
  for (const std::string_view parameter : {"GameDate", "Season", "MeasureType", "Location"}) {
    for (const auto& [key, value] : request.query) {
      if (key == parameter && !value.empty()) name += '_' + value;
    }
  }
  std::replace(name.begin(), name.end(), '/', '-');
  return name + ".json";
}

}  // namespace nbasync
