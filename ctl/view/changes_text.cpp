#include "ctl/view/changes_text.hpp"

#include "base/format.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/time_text.hpp"

namespace nbasync::ctl {
namespace {

using protocol::CellTexts;
using protocol::Change;

// "0022500001 1610612747".
std::string key_text(const CellTexts& key) {
  std::string text;
  for (const auto& [column, cell] : key) text += (text.empty() ? "" : " ") + cell.value_or("-");
  return text;
}

std::string cell_text(const CellTexts& cells, const std::string& column) {
  const auto found = cells.find(column);
  return found == cells.end() ? "-" : found->second.value_or("-");
}

// "home_score 110 -> 112, status live -> final"; of a row that comes or goes what it says.
std::string what_text(const Change& change) {
  std::string text;
  const auto add = [&](const std::string& words) { text += (text.empty() ? "" : ", ") + words; };
  if (change.change == ChangeKind::kLoad) {
    return cell_text(change.after, "count") + " rows at once";
  }
  const bool updated = change.change == ChangeKind::kUpdate;
  const auto& told = change.change == ChangeKind::kDelete ? change.before : change.after;
  for (const auto& [column, cell] : told) {
    if (updated) {
      add(format("{} {} -> {}", column, cell_text(change.before, column), cell.value_or("-")));
    } else if (cell && !change.row_key.contains(column)) {
      add(format("{} {}", column, *cell));
    }
  }
  return text;
}

Colour correction_colour(const Change& change) {
  return change.is_correction ? Colour::kYellow : Colour::kNone;
}

std::string kind_text(const Change& change) {
  return format("{}{}", to_string(change.change), change.is_correction ? ", correction" : "");
}

std::string when_text(const Change& change, const Terminal& terminal) {
  return change.changed_at ? time_text(*change.changed_at, terminal) : "-";
}

}  // namespace

std::string changes_text(const std::vector<Change>& changes, const Terminal& terminal) {
  if (changes.empty()) return "";
  Table table({{"SEQ", Table::Align::kRight}, {"WHEN"}, {"TABLE"}, {"CHANGE"}, {"ROW"}, {"WHAT"}});
  for (const auto& change : changes) {
    table.add({format("{}", change.seq),
               when_text(change, terminal),
               change.table_name,
               {kind_text(change), correction_colour(change)},
               key_text(change.row_key),
               what_text(change)});
  }
  return table.render(terminal);
}

std::string change_line(const Change& change, const Terminal& terminal) {
  return format("{}  {}  {}  {}  {}  {}", change.seq, when_text(change, terminal),
                change.table_name, terminal.paint(correction_colour(change), kind_text(change)),
                key_text(change.row_key), what_text(change));
}

}  // namespace nbasync::ctl
