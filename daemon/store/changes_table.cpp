#include "store/changes_table.hpp"

#include <array>

namespace nbasync {
namespace {

constexpr std::string_view kName = "nbasync_changes";

constexpr OwnColumn kOwnColumns[] = {{"seq", "INTEGER PRIMARY KEY AUTOINCREMENT"},
                                     {"run_id", "TEXT"},
                                     {"changed_at", "TEXT"},
                                     {"table_name", "TEXT"},
                                     {"row_key", "TEXT"},
                                     {"change", "TEXT"},
                                     {"before", "TEXT"},
                                     {"after", "TEXT"},
                                     {"is_correction", "INTEGER"}};

constexpr std::array kColumns = {
    Column{"seq", Type::kInteger, true},
    Column{"run_id"},
    Column{"table_name"},
    Column{"row_key"},
    Column{"change"},
    Column{"before"},
    Column{"after"},
    Column{"is_correction", Type::kInteger},
};

}  // namespace

const Table kChangesTable = {kName, kColumns, "changed_at", ""};

const OwnTable& changes_table() {
  static const OwnTable kTable = {
      kName, kOwnColumns,
      "CREATE INDEX IF NOT EXISTS nbasync_changes_table ON nbasync_changes (table_name, seq);"
      "CREATE INDEX IF NOT EXISTS nbasync_changes_corrections ON nbasync_changes (seq) WHERE "
      "is_correction = 1;"};
  return kTable;
}

}  // namespace nbasync
