#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/format.hpp"
#include "dataset/dictionary.hpp"
#include "manual/mdoc.hpp"

// Makes nbasync-data(7) at build time: the page as it is written, with the dictionary in its place.
namespace {

constexpr std::string_view kTables = "@TABLES@\n";
constexpr std::string_view kViews = "@VIEWS@\n";

std::string described(bool views) {
  std::string text;
  for (const auto& table : nbasync::dictionary()) {
    if (table.is_view != views) continue;
    text += nbasync::format(".Ss {}\n{}.Bl -tag -width Ds\n", table.name,
                            nbasync::mdoc::line(table.sentence));
    for (const auto& column : table.columns) {
      text += nbasync::format(".It Cm {} Pq {}{}\n{}", column.name, column.unit,
                              column.is_key ? " , key" : "", nbasync::mdoc::line(column.sentence));
      text += nbasync::mdoc::line(nbasync::format("From: {}.", column.source));
    }
    text += ".El\n";
  }
  return text;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: data_page TEMPLATE PAGE\n";
    return 2;
  }
  std::ifstream from(arguments[1]);
  std::string page{std::istreambuf_iterator<char>(from), {}};
  for (const auto place : {kTables, kViews}) {
    const auto at = page.find(place);
    if (at == std::string::npos) {
      std::cerr << arguments[1] << ": has no line " << place;
      return 1;
    }
    page.replace(at, place.size(), described(place == kViews));
  }
  std::ofstream to(arguments[2]);
  to << page << std::flush;
  return to ? 0 : 1;
}
