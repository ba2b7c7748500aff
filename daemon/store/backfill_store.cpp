#include "store/backfill_store.hpp"

#include "base/format.hpp"
#include "store/text_fields.hpp"

namespace nbasync {
namespace {

constexpr const char* kTable = "nbasync_backfill";

const std::vector<OwnColumn>& columns() {
  static const auto kColumns =
      text_fields::columns_of<BackfillMemory>({{"season", "TEXT NOT NULL PRIMARY KEY"}}, 1);
  return kColumns;
}

}  // namespace

const OwnTable& backfill_store::table() {
  static const OwnTable kOwn = {kTable, columns()};
  return kOwn;
}

BackfillMemories backfill_store::read(Connection& connection, const std::stop_token& stop) {
  BackfillMemories memories;
  connection.each(
      format("SELECT {} FROM {}", text_fields::names_of(columns(), 0), kTable), {},
      [&](const Row& row) { text_fields::read(row, 1, memories[to_text(row[0])]); }, stop);
  return memories;
}

void backfill_store::write(Connection& connection,
                           const std::map<std::string, std::optional<BackfillMemory>>& changes,
                           const std::stop_token& stop) {
  for (const auto& [season, memory] : changes) {
    if (memory) {
      connection.run(text_fields::upsert(kTable, columns()),
                     text_fields::values_of(season, *memory), stop);
    } else {
      const Value key[] = {season};
      connection.run(format("DELETE FROM {} WHERE season = $1", kTable), key, stop);
    }
  }
}

}  // namespace nbasync
