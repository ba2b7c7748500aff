#include "ctl/view/text.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "ctl/view/table.hpp"

namespace nbasync::ctl {
namespace {

using namespace std::chrono_literals;

TEST(TextTest, DurationsHaveTheirTwoLargestUnits) {
  EXPECT_EQ(duration_text(0), "0 ms");
  EXPECT_EQ(duration_text(0.4444), "444 ms");
  EXPECT_EQ(duration_text(0.9999), "1.0 s");
  EXPECT_EQ(duration_text(9.97), "10 s");
  EXPECT_EQ(duration_text(59.4), "59 s");
  EXPECT_EQ(duration_text(59.6), "1 min 00 s");
  EXPECT_EQ(duration_text(142.5), "2 min 23 s");
  EXPECT_EQ(duration_text(3600 * 3 + 300), "3 h 05 min");
  EXPECT_EQ(duration_text(3600 * 52), "2 d 04 h");
  EXPECT_EQ(duration_text(-1), "0 ms");
}

TEST(TextTest, AgesAreRoundedDown) {
  const auto now = *parse_utc("2026-01-15T12:00:00Z");
  EXPECT_EQ(ago_text(now, now), "now");
  EXPECT_EQ(ago_text(now + 5s, now), "now");
  EXPECT_EQ(ago_text(now + 30 * 24h, now), "in 30 d 00 h");
  EXPECT_EQ(ago_text(now - 59s, now), "59 s ago");
  EXPECT_EQ(ago_text(now - 119s, now), "1 min ago");
  EXPECT_EQ(ago_text(now - 47h, now), "47 h ago");
  EXPECT_EQ(ago_text(now - 48h, now), "2 d ago");
}

TEST(TextTest, TimeLeftIsRoundedUp) {
  const auto now = *parse_utc("2026-01-15T12:00:00Z");
  EXPECT_EQ(left_text(now - 1s, now), "now");
  EXPECT_EQ(left_text(now, now), "now");
  EXPECT_EQ(left_text(now + 1ms, now), "1 s");
  EXPECT_EQ(left_text(now + 60s, now), "1 min 00 s");
  EXPECT_EQ(left_text(now + 21h + 5min, now), "21 h 05 min");
}

TEST(TextTest, TimesSayThatTheyAreUtc) {
  EXPECT_EQ(time_text(*parse_utc("2026-01-15T12:34:56.789Z")), "2026-01-15 12:34:56 UTC");
  EXPECT_EQ(short_time_text(*parse_utc("2026-01-15T12:34:56.789Z")), "01-15 12:34 UTC");
}

TEST(TextTest, BytesHaveOneDecimal) {
  EXPECT_EQ(bytes_text(999), "999 B");
  EXPECT_EQ(bytes_text(1000), "1.0 kB");
  EXPECT_EQ(bytes_text(999'949), "999.9 kB");
  EXPECT_EQ(bytes_text(999'950), "1.0 MB");
  EXPECT_EQ(bytes_text(7'400'000), "7.4 MB");
}

TEST(TextTest, PositionsAreOrdinals) {
  EXPECT_EQ(position_text(1), "next");
  EXPECT_EQ(position_text(2), "2nd");
  EXPECT_EQ(position_text(3), "3rd");
  EXPECT_EQ(position_text(4), "4th");
  EXPECT_EQ(position_text(11), "11th");
  EXPECT_EQ(position_text(21), "21st");
  EXPECT_EQ(position_text(112), "112th");
}

TEST(TextTest, BarIsAlwaysTenCellsWide) {
  EXPECT_EQ(bar_text(0), "▕░░░░░░░░░░▏");
  EXPECT_EQ(bar_text(45), "▕████░░░░░░▏");
  EXPECT_EQ(bar_text(100), "▕██████████▏");
  EXPECT_EQ(bar_text(400), "▕██████████▏");
}

TEST(TextTest, CutCountsCodePoints) {
  EXPECT_EQ(width_of("Dončić"), 6U);
  EXPECT_EQ(cut("Dončić", 6), "Dončić");
  EXPECT_EQ(cut("Dončić", 5), "Donč…");
  EXPECT_EQ(cut("Dončić", 0), "Dončić");
  EXPECT_EQ(cut("Dončić", 1), "…");
}

Table a_table() {
  Table table({{"NAME"}, {"ROWS", Table::Align::kRight}, {"BY"}});
  table.add({std::string("Dončić"), std::string("7"), std::string("schedule:nightly")});
  table.add({{"x", Colour::kRed}, std::string("12345"), std::string()});
  return table;
}

TEST(TableTest, ColumnsAreAsWideAsTheirWidestCell) {
  EXPECT_EQ(a_table().render({}),
            "NAME     ROWS  BY\n"
            "Dončić      7  schedule:nightly\n"
            "x       12345\n");
}

TEST(TableTest, ColumnInWhichNothingStandsIsLeftOut) {
  Table table({{"NAME"}, {"NOTE"}, {"BY"}, {"WHY"}});
  table.add({{"teams"}, {""}, {"http"}, {""}});
  EXPECT_EQ(table.render({}),
            "NAME   BY\n"
            "teams  http\n");
}

TEST(TableTest, LastColumnIsCutToTheTerminal) {
  EXPECT_EQ(a_table().render({.is_terminal = true, .colour = false, .width = 24}),
            "NAME     ROWS  BY\n"
            "Dončić      7  schedule…\n"
            "x       12345\n");
}

TEST(TableTest, ColourDoesNotMoveColumns) {
  const auto text = a_table().render({.is_terminal = true, .colour = true, .width = 80});
  EXPECT_NE(text.find("\x1b[31mx\x1b[0m       12345"), std::string::npos);
}

}  // namespace
}  // namespace nbasync::ctl
