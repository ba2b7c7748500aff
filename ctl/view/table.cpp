#include "ctl/view/table.hpp"

#include <algorithm>
#include <iterator>

#include "ctl/view/line.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {

namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kBelow = 4;  // columns that lines below a row are indented by

}  // namespace

std::vector<std::size_t> Table::shown_columns(const std::vector<std::size_t>& widths,
                                              const Terminal& terminal) const {
  std::vector<std::size_t> shown;
  shown.reserve(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto says = [i](const auto& row) { return !row.at(i).text.empty(); };
    if (rows_.empty() || std::ranges::any_of(rows_, says)) shown.push_back(i);
  }
  const auto width = [&] {
    std::size_t sum = 0;
    for (const auto i : shown) sum += widths[i] + kGap;
    return sum - std::min(sum, kGap);
  };
  while (terminal.width > 0 && width() > terminal.width) {
    const auto spare = std::find_if(shown.rbegin(), shown.rend(),
                                    [&](std::size_t i) { return !columns_[i].needed; });
    if (spare == shown.rend()) break;
    shown.erase(std::next(spare).base());
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
  const auto shown = shown_columns(widths, terminal);

  std::string text;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    Line row;
    std::size_t behind = 0;  // blanks that are needed only if something follows
    for (const auto i : shown) {
      const auto& cell = lines[l][i];
      const auto padding = widths[i] - width_of(cell.text);
      const bool right = columns_[i].align == Align::kRight;
      if (cell.text.empty()) {
        behind += padding + kGap;
        continue;
      }
      row.add(std::string(behind + (right ? padding : 0), ' ')).add(cell.text, cell.colour);
      behind = (right ? 0 : padding) + kGap;
    }
    text += row.render(terminal, terminal.width) + '\n';
    if (const auto below = below_.find(l - 1); l > 0 && below != below_.end()) {
      for (const auto& line : folded(below->second, terminal.width, kBelow)) {
        text += std::string(kBelow, ' ') + terminal.paint(Colour::kDim, line) + '\n';
      }
    }
  }
  return text;
}

}  // namespace nbasync::ctl
