#include <iostream>

#include <nlohmann/json.hpp>

#include "control/openapi.hpp"
#include "manual/api_page.hpp"

// Prints nbasync-api(7): a part of the build.
int main() {
  std::cout << nbasync::api_page(nbasync::describe(nbasync::route_groups(), nbasync::routes()));
  return std::cout.flush() ? 0 : 1;
}
