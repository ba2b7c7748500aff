#include "ctl/view/table.hpp"

#include <algorithm>

#include "ctl/view/text.hpp"

namespace nbasync::ctl {

// All but those in which nothing stands.
std::vector<std::size_t> Table::shown_columns() const {
  std::vector<std::size_t> shown;
  shown.reserve(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto says = [i](const auto& row) { return !row.at(i).text.empty(); };
    if (rows_.empty() || std::ranges::any_of(rows_, says)) shown.push_back(i);
  }
  return shown;
}

std::string Table::render(const Terminal& terminal) const {
  std::vector<std::vector<Cell>> lines(1);
  for (const auto& column : columns_) lines.front().emplace_back(column.header, Colour::kBold);
  lines.insert(lines.end(), rows_.begin(), rows_.end());

  std::vector<std::size_t> widths(columns_.size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(line.at(i).text));
    }
  }
  const auto shown = shown_columns();

  constexpr std::size_t kGap = 2;
  std::string text;
  for (const auto& line : lines) {
    std::string row;
    std::size_t used = 0;
    for (const auto i : shown) {
      const auto& cell = line[i];
      const bool last = i == shown.back();
      const auto room = terminal.width - std::min(used, terminal.width);
      const bool limited = last && terminal.width > 0;
      const auto words = !limited ? cell.text : room == 0 ? "" : cut(cell.text, room);
      const std::string padding(widths[i] - std::min(widths[i], width_of(words)), ' ');
      const bool right = columns_[i].align == Align::kRight;
      if (right) row += padding;
      row += terminal.paint(cell.colour, words);
      if (!right) row += padding;
      if (!last) row.append(kGap, ' ');
      used += widths[i] + kGap;
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + '\n';
  }
  return text;
}

}  // namespace nbasync::ctl
