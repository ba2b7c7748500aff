#include "ctl/view/text.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>

#include "ctl/view/table.hpp"
#include "ctl/view/time_text.hpp"

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

TEST(TextTest, TimesSayTheirZone) {
  const auto time = *parse_utc("2026-01-15T12:34:56.789Z");
  EXPECT_EQ(time_text(time, {}), "2026-01-15 12:34:56 UTC");
  setenv("TZ", "America/New_York", 1);
  EXPECT_EQ(time_text(time, {.local_time = true}), "2026-01-15 07:34:56 EST");
  unsetenv("TZ");
}

TEST(TextTest, DaysNearbyHaveTheirNames) {
  const auto now = *parse_utc("2026-01-15T12:00:00Z");  // a Thursday
  EXPECT_EQ(day_text(now + 11h, now, {}), "23:00");
  EXPECT_EQ(day_text(now + 12h, now, {}), "tomorrow 00:00");
  EXPECT_EQ(day_text(now - 13h, now, {}), "yesterday 23:00");
  EXPECT_EQ(day_text(now + 6 * 24h, now, {}), "Wed 12:00");
  EXPECT_EQ(day_text(now - 6 * 24h, now, {}), "Fri 12:00");
  EXPECT_EQ(day_text(now + 7 * 24h, now, {}), "2026-01-22 12:00");
}

TEST(TextTest, TheDaemonsTimesAreToldInOnesOwnZone) {
  EXPECT_EQ(with_own_times("full since 2026-01-15T12:34:56Z, 2026-01-15T12:34:56.250Z", {}),
            "full since 2026-01-15 12:34:56 UTC, 2026-01-15 12:34:56 UTC");
  EXPECT_EQ(with_own_times("at 2026-13-15T12:34:56Z; 2026-01 Z", {}),
            "at 2026-13-15T12:34:56Z; 2026-01 Z");
}

TEST(TextTest, TheLeaguesDayIsNewYorks) {
  const auto night = *parse_utc("2026-01-15T04:59:00Z");
  EXPECT_EQ(league_date(night, 0), "2026-01-14");
  EXPECT_EQ(league_date(night, 1), "2026-01-15");
  EXPECT_EQ(league_date(*parse_utc("2026-03-01T12:00:00Z"), -1), "2026-02-28");
}

TEST(TextTest, NumbersAreGrouped) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(999), "999");
  EXPECT_EQ(number_text(26040), "26,040");
  EXPECT_EQ(number_text(1234567), "1,234,567");
  EXPECT_EQ(number_text(-123456), "-123,456");
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
  EXPECT_EQ(bar_text(0, {}), "▕░░░░░░░░░░▏");
  EXPECT_EQ(bar_text(45, {}), "▕████░░░░░░▏");
  EXPECT_EQ(bar_text(100, {}), "▕██████████▏");
  EXPECT_EQ(bar_text(400, {}), "▕██████████▏");
}

TEST(TextTest, NothingBesidesAsciiIsDrawnWhereThatIsAllThereIs) {
  const Terminal ascii{.unicode = false};
  EXPECT_EQ(bar_text(45, ascii), "[####......]");
  EXPECT_EQ(cut("schedule:nightly", 9, ascii), "schedule~");
}

TEST(TextTest, CutCountsCodePoints) {
  EXPECT_EQ(width_of("Dončić"), 6U);
  EXPECT_EQ(cut("Dončić", 6, {}), "Dončić");
  EXPECT_EQ(cut("Dončić", 5, {}), "Donč…");
  EXPECT_EQ(cut("Dončić", 0, {}), "Dončić");
  EXPECT_EQ(cut("Dončić", 1, {}), "…");
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

TEST(TableTest, WhatNeedNotBeThereGoesFirstWhereItIsNarrow) {
  Table table({{"NAME"}, {"ROWS", Table::Align::kRight, false}, {"STATE"}});
  table.add({{"teams"}, {"12345"}, {"fresh"}});
  EXPECT_EQ(table.render({.width = 19}), "NAME    ROWS  STATE\nteams  12345  fresh\n");
  EXPECT_EQ(table.render({.width = 18}), "NAME   STATE\nteams  fresh\n");
  EXPECT_EQ(table.render({.width = 10}), "NAME   ST…\nteams  fr…\n");
}

TEST(TableTest, LinesBelowARowAreFolded) {
  Table table({{"NAME"}});
  table.add({{"nightly"}});
  table.add_below("it was due at six");
  EXPECT_EQ(table.render({.width = 16}), "NAME\nnightly\n    it was due\n    at six\n");
}

TEST(TableTest, ColourDoesNotMoveColumns) {
  const auto text = a_table().render({.is_terminal = true, .colour = true, .width = 80});
  EXPECT_NE(text.find("\x1b[31mx\x1b[0m       12345"), std::string::npos);
}

}  // namespace
}  // namespace nbasync::ctl
