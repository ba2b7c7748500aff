#include <vector>

#include "control/route.hpp"
#include "control/route_tables.hpp"

namespace nbasync {
namespace {

constexpr RouteGroup kGroups[] = {
    {"syncs", "Starts syncs, and tells what became of them.", route_tables::sync_routes},
    {"plans", "Schedules, backfill, configuration.", route_tables::plan_routes},
    {"data", "The stored data, also while a sync writes.", route_tables::data_routes},
    {"files", "The data described, and taken away as files.", route_tables::file_routes},
    {"watching", "What happens, and how the daemon is.", route_tables::watch_routes},
    {"page", "The page for people, and what only it asks for.", route_tables::page_routes},
};

std::vector<Route> make_table() {
  std::vector<Route> table;
  for (const auto& group : kGroups) {
    for (auto& route : group.routes()) {
      route.group = group.name;
      table.push_back(std::move(route));
    }
  }
  return table;
}

}  // namespace

std::span<const RouteGroup> route_groups() { return kGroups; }

std::span<const Route> routes() {
  static const std::vector<Route> table = make_table();
  return table;
}

}  // namespace nbasync
