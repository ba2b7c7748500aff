#pragma once

#include <string>
#include <vector>

#include "ctl/view/terminal.hpp"

namespace nbasync::ctl {

// Rows under headers, in columns as wide as their widest cell; the last is cut to the terminal, and
// one in which nothing stands is left out.
class Table {
 public:
  enum class Align { kLeft, kRight };
  struct Column {
    std::string header;
    Align align = Align::kLeft;
  };
  struct Cell {
    Cell(std::string words, Colour paint = Colour::kNone) : text(std::move(words)), colour(paint) {}
    std::string text;
    Colour colour;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as there are columns.
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

  // Headers and rows, each with its line end.
  std::string render(const Terminal& terminal) const;

 private:
  std::vector<std::size_t> shown_columns() const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace nbasync::ctl
