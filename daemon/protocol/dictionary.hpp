#pragma once

#include <string>
#include <vector>

#include "model/fields.hpp"

namespace nbasync::protocol {

// What a column means, as /api/v1/schema tells it, and the table nbasync_columns.
struct ColumnEntry {
  std::string column_name;
  std::string type;
  bool is_key = false;
  std::string description;
  std::string unit;
  std::string source;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"column_name", kPlain, "its name"}, self.column_name);
    visit(Field{"type", kPlain, "integer, number or text"}, self.type);
    visit(Field{"is_key", kPlain, "whether it is a part of the key"}, self.is_key);
    visit(Field{"description", kPlain, "what it says, a sentence"}, self.description);
    visit(Field{"unit", kPlain, "of what has none, what it is: id, text"}, self.unit);
    visit(Field{"source", kPlain, "the answer of upstream that has it, or how it is made"},
          self.source);
  }

  bool operator==(const ColumnEntry&) const = default;
};

// A table of the data, or a view of it.
struct TableEntry {
  std::string table_name;
  bool is_view = false;
  std::string description;
  std::vector<ColumnEntry> columns;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"table_name", kPlain, "its name"}, self.table_name);
    visit(Field{"is_view", kPlain, "whether it is a view"}, self.is_view);
    visit(Field{"description", kPlain, "what a row is, a sentence"}, self.description);
    visit(Field{"columns", kPlain, "all of them, in their order"}, self.columns);
  }

  bool operator==(const TableEntry&) const = default;
};

// The answer of /api/v1/schema.
struct DataSchema {
  std::vector<TableEntry> tables;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"tables", kPlain, "all of them, or the one that was asked for"}, self.tables);
  }

  bool operator==(const DataSchema&) const = default;
};

}  // namespace nbasync::protocol
