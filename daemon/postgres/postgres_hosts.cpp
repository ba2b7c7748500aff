#include "postgres/postgres_hosts.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace nbasync {
namespace {

constexpr const char* kHost = "host";
constexpr const char* kAddress = "hostaddr";
constexpr const char* kPort = "port";

// With commas between them. One that is said for all hosts stands once.
std::vector<std::string> list_of(const PostgresHosts::Parameters& parameters,
                                 std::string_view name) {
  std::vector<std::string> list;
  const auto found =
      std::ranges::find(parameters, name, &std::pair<std::string, std::string>::first);
  if (found == parameters.end()) return list;
  const std::string& text = found->second;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    list.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return list;
}

std::string joined(const std::vector<std::string>& list, const PostgresHosts::Numbers& numbers) {
  std::string text;
  for (const auto number : numbers) {
    if (!text.empty() || number != numbers.front()) text += ',';
    text += list[number];
  }
  return text;
}

}  // namespace

PostgresHosts::PostgresHosts(const Parameters& parameters)
    : hosts_(list_of(parameters, kHost)),
      addresses_(list_of(parameters, kAddress)),
      ports_(list_of(parameters, kPort)),
      count_(std::max({hosts_.size(), addresses_.size(), std::size_t{1}})) {}

PostgresHosts::Numbers PostgresHosts::order() const {
  Numbers all(count_);
  std::iota(all.begin(), all.end(), 0U);
  const std::lock_guard lock(mutex_);
  std::rotate(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(first_), all.end());
  return all;
}

// Lists that do not fit each other stay as they are: libpq tells what is wrong with them.
PostgresHosts::Parameters PostgresHosts::only(Parameters parameters, const Numbers& hosts) const {
  for (auto& [name, value] : parameters) {
    const auto* list = name == kHost      ? &hosts_
                       : name == kAddress ? &addresses_
                       : name == kPort    ? &ports_
                                          : nullptr;
    if (list != nullptr && are_several() && list->size() == count_) value = joined(*list, hosts);
  }
  return parameters;
}

std::size_t PostgresHosts::current(const PGconn* connection, const Numbers& of) const {
  const std::string_view host = PQhost(connection);
  const std::string_view port = PQport(connection);
  const auto is_it = [&](std::size_t number) {
    const bool named = (number < hosts_.size() && hosts_[number] == host) ||
                       (number < addresses_.size() && addresses_[number] == host);
    return named && (ports_.size() < count_ || ports_[number].empty() || ports_[number] == port);
  };
  const auto found = std::ranges::find_if(of, is_it);
  return found == of.end() ? of.front() : *found;
}

void PostgresHosts::is_silent(std::size_t host) {
  const std::lock_guard lock(mutex_);
  if (first_ == host) first_ = (host + 1) % count_;
}

void PostgresHosts::has_answered(std::size_t host) {
  const std::lock_guard lock(mutex_);
  first_ = home_ = host;
}

bool PostgresHosts::is_elsewhere(std::size_t host) const {
  if (!are_several()) return false;
  const std::lock_guard lock(mutex_);
  return home_ != host;
}

}  // namespace nbasync
