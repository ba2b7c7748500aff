#include "store/keyed_rows.hpp"

#include <algorithm>
#include <vector>

namespace nbasync {

void each_of_keys(Connection& connection, const std::function<std::string(std::size_t)>& sql,
                  std::span<const Value> keys, std::size_t width,
                  const std::function<void(Row)>& row, const std::stop_token& stop) {
  const auto count = keys.size() / width;
  const auto at_once = count <= kFewKeys ? kFewKeys : kManyKeys;
  const auto select = sql(at_once);
  for (std::size_t first = 0; first < count; first += at_once) {
    std::vector<Value> values;
    values.reserve(at_once * width);
    for (std::size_t i = first; i < first + at_once; ++i) {
      const auto key = keys.subspan(std::min(i, count - 1) * width, width);  // the last fills up
      values.insert(values.end(), key.begin(), key.end());
    }
    connection.each(select, values, row, stop);
  }
}

}  // namespace nbasync
