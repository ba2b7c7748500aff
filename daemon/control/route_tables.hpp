#pragma once

#include <vector>

#include "control/route.hpp"

// The parts of the table of routes, a file each.
namespace nbasync::route_tables {

std::vector<Route> sync_routes();   // route_table_syncs.cpp
std::vector<Route> plan_routes();   // route_table_plans.cpp
std::vector<Route> data_routes();   // route_table_data.cpp
std::vector<Route> file_routes();   // route_table_files.cpp
std::vector<Route> watch_routes();  // route_table_watch.cpp
std::vector<Route> page_routes();   // route_table_page.cpp

// Why the stored data cannot be read.
inline std::vector<ProblemForm> storage_problems() {
  std::vector<ProblemForm> problems;
  for (const auto code :
       {Errc::kStorage, Errc::kStorageBusy, Errc::kStorageNewer, Errc::kStorageReplaced}) {
    problems.push_back(problem_form(code));
  }
  return problems;
}

}  // namespace nbasync::route_tables
