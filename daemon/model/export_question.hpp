#pragma once

#include <array>
#include <string>

#include "model/words.hpp"

namespace nbasync {

enum class ExportFormat { kCsv, kNdjson };

template <>
struct Words<ExportFormat> {
  static constexpr auto table = std::to_array<WordOf<ExportFormat>>(
      {{ExportFormat::kCsv, "csv"}, {ExportFormat::kNdjson, "ndjson"}});
};

// Which rows are exported, and how.
struct ExportQuestion {
  std::string table;   // of the datasets
  std::string season;  // of this one only; empty: of all
  ExportFormat format = ExportFormat::kCsv;
};

}  // namespace nbasync
