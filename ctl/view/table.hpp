#pragma once

#include <map>
#include <string>
#include <vector>

#include "ctl/view/terminal.hpp"

namespace nbasync::ctl {

// Rows under headers, in columns as wide as their widest cell; the last is cut to the terminal.
// Left out are columns in which nothing stands, and where the terminal is narrow those that need
// not be there, the last of them first. Below a row may be lines of its own, folded.
class Table {
 public:
  enum class Align { kLeft, kRight };
  struct Column {
    std::string header;
    Align align = Align::kLeft;
    bool needed = true;
  };
  struct Cell {
    Cell(std::string words, Colour paint = Colour::kNone) : text(std::move(words)), colour(paint) {}
    std::string text;
    Colour colour;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as there are columns.
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }

  // A line under the last row, indented.
  void add_below(std::string text) { below_[rows_.size() - 1] = std::move(text); }

  // Headers and rows, each with its line end.
  std::string render(const Terminal& terminal) const;

 private:
  std::vector<std::size_t> shown_columns(const std::vector<std::size_t>& widths,
                                         const Terminal& terminal) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
  std::map<std::size_t, std::string> below_;  // by row
};

}  // namespace nbasync::ctl
