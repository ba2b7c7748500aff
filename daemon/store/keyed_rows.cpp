#include "store/keyed_rows.hpp"

#include <algorithm>
#include <vector>

namespace nbasync {

void each_of_keys(Connection& connection, const std::string& sql, std::span<const Value> keys,
                  std::size_t width, const std::function<void(Row)>& row,
                  const std::stop_token& stop) {
  const auto count = keys.size() / width;
  for (std::size_t first = 0; first < count; first += kKeysAtOnce) {
    std::vector<Value> values;
    values.reserve(kKeysAtOnce * width);
    for (std::size_t i = first; i < first + kKeysAtOnce; ++i) {
      const auto key = keys.subspan(std::min(i, count - 1) * width, width);  // the last fills up
      values.insert(values.end(), key.begin(), key.end());
    }
    connection.each(sql, values, row, stop);
  }
}

}  // namespace nbasync
