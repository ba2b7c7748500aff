#pragma once

#include <span>
#include <string_view>

namespace nbasync::testing {

// A peculiarity of a table: declarations that replace those of its plain columns or add to them,
// constraints, and rows and more.
struct PredecessorTrait {
  std::string_view name;
  std::string_view table;
  std::string_view columns = {};      // "name declaration;", each
  std::string_view constraints = {};  // ", UNIQUE (a, b)"
  std::string_view then = {};         // statements
};

// A table as the predecessor has it without any.
struct PredecessorTable {
  std::string_view name;
  std::string_view columns;  // "name declaration;", each
  std::string_view key = {};
  std::string_view rows = {};  // statements
};

std::span<const PredecessorTable> plain_tables();
std::span<const PredecessorTrait> traits_of_tables();

// These change how every table is made.
inline constexpr std::string_view kOtherCase = "names in other case";
inline constexpr std::string_view kWithoutRowid = "tables without rowid";
inline constexpr std::string_view kWal = "a write-ahead log";

}  // namespace nbasync::testing
