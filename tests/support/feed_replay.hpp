#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "dataset/catalog.hpp"

namespace nbasync::testing {

// A copy of the data tables that is kept by the feed of changes alone, as a follower would.
class FeedReplay {
 public:
  using Rows = std::map<std::string, nlohmann::json>;  // by their key

  // As they are now.
  explicit FeedReplay(const std::string& path) : path_(path) {
    auto db = open();
    for (const Table* table : tables()) copy_[std::string(table->name)] = rows_of(db, *table);
    last_ = db.execAndGet("SELECT coalesce(max(seq), 0) FROM nbasync_changes").getInt64();
  }

  // Follows the feed to its end. What is wrong then, in a sentence; empty if the copy says what the
  // tables say, but for the clocks of games.
  std::string catch_up() {
    const auto db = open();
    SQLite::Statement rows(db,
                           "SELECT seq, table_name, change, row_key, before, after FROM "
                           "nbasync_changes WHERE seq > ? ORDER BY seq");
    rows.bind(1, last_);
    loaded_.clear();
    while (rows.executeStep()) {
      const auto seq = rows.getColumn(0).getInt64();
      if (seq != last_ + 1) return "seq " + std::to_string(seq) + " comes after a hole";
      last_ = seq;
      const auto parsed = [&](int column) {
        const auto cell = rows.getColumn(column);
        return cell.isNull() ? nlohmann::json() : nlohmann::json::parse(cell.getString());
      };
      const auto wrong = follow(db, rows.getColumn(1).getString(), rows.getColumn(2).getString(),
                                parsed(3), parsed(4), parsed(5));
      if (!wrong.empty()) return "seq " + std::to_string(seq) + ": " + wrong;
    }
    return difference(db);
  }

  std::int64_t last() const { return last_; }

 private:
  SQLite::Database open() const { return {path_, SQLite::OPEN_READONLY, 10'000}; }

  static const Table* table_named(const std::string& name) {
    for (const Table* table : tables()) {
      if (table->name == name) return table;
    }
    return nullptr;
  }

  static std::string key_of(const Table& table, const nlohmann::json& row) {
    std::string key;
    for (const Column& column : table.columns) {
      if (column.key) key += row.at(std::string(column.name)).dump() + ' ';
    }
    return key;
  }

  static Rows rows_of(const SQLite::Database& db, const Table& table) {
    std::string names;
    for (const Column& column : table.columns) {
      names += (names.empty() ? "" : ", ") + std::string(column.name);
    }
    SQLite::Statement rows(db, "SELECT " + names + " FROM " + std::string(table.name));
    Rows all;
    while (rows.executeStep()) {
      nlohmann::json row;
      for (int c = 0; c < rows.getColumnCount(); ++c) {
        const auto cell = rows.getColumn(c);
        auto& told = row[std::string(table.columns[static_cast<std::size_t>(c)].name)];
        if (cell.isInteger()) told = cell.getInt64();
        if (cell.isFloat()) told = cell.getDouble();
        if (cell.isText()) told = cell.getString();
      }
      all.emplace(key_of(table, row), std::move(row));
    }
    return all;
  }

  static bool is_clock(const Table& table, const std::string& name) {
    for (const Column& column : table.columns) {
      if (column.name == name) return column.feed != Feed::kTold;
    }
    return false;
  }

  std::string follow(const SQLite::Database& db, const std::string& name, const std::string& change,
                     const nlohmann::json& key, const nlohmann::json& before,
                     const nlohmann::json& after) {
    const Table* table = table_named(name);
    if (table == nullptr) return "no table " + name;
    auto& rows = copy_[name];
    if (change == "load") {
      rows = rows_of(db, *table);
      loaded_.insert(name);
    }
    if (loaded_.contains(name)) return {};  // it has been read as it is in the end
    const auto id = key_of(*table, key);
    const auto known = rows.find(id);
    if ((change == "insert") != (known == rows.end())) return change + " of " + name + ' ' + id;
    if (change == "insert") {
      nlohmann::json row;
      for (const Column& column : table->columns) row[std::string(column.name)] = nullptr;
      row.update(after);
      rows.emplace(id, std::move(row));
      return {};
    }
    for (const auto& [column, cell] : before.items()) {
      if (known->second.at(column) != cell && !is_clock(*table, column)) {
        return name + ' ' + id + ": " + column + " was " + known->second.at(column).dump() +
               ", not " + cell.dump();
      }
    }
    if (change == "delete") {
      if (before.size() != table->columns.size()) return "a row that goes is not whole: " + id;
      rows.erase(known);
    } else {
      known->second.update(after);
    }
    return {};
  }

  std::string difference(const SQLite::Database& db) {
    for (const Table* table : tables()) {
      const auto stored = rows_of(db, *table);
      auto& copy = copy_[std::string(table->name)];
      if (stored.size() != copy.size()) {
        return std::string(table->name) + " has " + std::to_string(stored.size()) +
               " rows, by the feed " + std::to_string(copy.size());
      }
      for (const auto& [id, row] : stored) {
        const auto known = copy.find(id);
        if (known == copy.end()) return std::string(table->name) + " has " + id + ", not the copy";
        for (const auto& [column, cell] : row.items()) {
          if (is_clock(*table, column)) continue;
          if (known->second.at(column) != cell) {
            return std::string(table->name) + ' ' + id + ": " + column + " is " + cell.dump() +
                   ", by the feed " + known->second.at(column).dump();
          }
        }
      }
    }
    return {};
  }

  std::string path_;
  std::map<std::string, Rows> copy_;  // by table
  std::set<std::string> loaded_;      // of them, since catch_up() was called
  std::int64_t last_ = 0;
};

}  // namespace nbasync::testing
