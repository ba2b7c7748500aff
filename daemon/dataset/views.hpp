#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"

// Views of the data for people: names beside ids, sums that many ask for. Pure; any thread.
namespace nbasync {

struct View {
  std::string_view name;
  std::string_view about;       // what a row is: a sentence as in Meaning
  std::vector<Column> columns;  // in the order of the SELECT; their source says how they are made
  std::string select;           // one SQL for both engines
};

// All of them. Static data.
std::span<const View> views();

}  // namespace nbasync
