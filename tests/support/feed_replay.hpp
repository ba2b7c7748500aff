#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "dataset/catalog.hpp"
#include "support/test_engine.hpp"

namespace nbasync::testing {

// A copy of the data tables that is kept by the feed of changes alone, as a follower would.
class FeedReplay {
 public:
  using Rows = std::map<std::string, nlohmann::json>;  // by their key

  // As they are now, in the database of this name.
  explicit FeedReplay(std::string name) : name_(std::move(name)) {
    const auto connection = look_at(name_);
    for (const Table* table : tables()) {
      copy_[std::string(table->name)] = rows_of(*connection, *table);
    }
    last_ =
        std::stoll(first_column(*connection, "SELECT coalesce(max(seq), 0) FROM nbasync_changes"));
  }

  // Follows the feed to its end. What is wrong then, in a sentence; empty if the copy says what the
  // tables say, but for the clocks of games.
  std::string catch_up() {
    const auto connection = look_at(name_);
    const Value since[] = {last_};
    std::vector<std::vector<Value>> told;
    connection->each(
        "SELECT seq, table_name, change, row_key, before, after FROM nbasync_changes WHERE seq > "
        "$1 "
        "ORDER BY seq",
        since,
        [&](Row row) {
          auto& cells = told.emplace_back();
          for (std::size_t c = 0; c < row.size(); ++c) cells.push_back(to_value(row[c]));
        },
        {});
    loaded_.clear();
    for (const auto& cells : told) {
      const auto seq = std::get<std::int64_t>(cells[0]);
      if (seq != last_ + 1) return "seq " + std::to_string(seq) + " comes after a hole";
      last_ = seq;
      const auto parsed = [&](std::size_t column) {
        const auto* text = std::get_if<std::string>(&cells[column]);
        return text == nullptr ? nlohmann::json() : nlohmann::json::parse(*text);
      };
      const auto wrong = follow(*connection, std::get<std::string>(cells[1]),
                                std::get<std::string>(cells[2]), parsed(3), parsed(4), parsed(5));
      if (!wrong.empty()) return "seq " + std::to_string(seq) + ": " + wrong;
    }
    return difference(*connection);
  }

  std::int64_t last() const { return last_; }

 private:
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

  static nlohmann::json json_of(const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return *integer;
    if (const auto* real = std::get_if<double>(&cell)) return *real;
    if (const auto* text = std::get_if<std::string_view>(&cell)) return *text;
    return nullptr;
  }

  static Rows rows_of(Connection& connection, const Table& table) {
    std::string names;
    for (const Column& column : table.columns) {
      names += (names.empty() ? "" : ", ") + std::string(column.name);
    }
    Rows all;
    connection.each("SELECT " + names + " FROM " + std::string(table.name), {},
                    [&](Row cells) {
                      nlohmann::json row;
                      for (std::size_t c = 0; c < cells.size(); ++c) {
                        row[std::string(table.columns[c].name)] = json_of(cells[c]);
                      }
                      all.emplace(key_of(table, row), std::move(row));
                    },
                    {});
    return all;
  }

  static bool is_clock(const Table& table, const std::string& name) {
    for (const Column& column : table.columns) {
      if (column.name == name) return column.feed != Feed::kTold;
    }
    return false;
  }

  std::string follow(Connection& connection, const std::string& name, const std::string& change,
                     const nlohmann::json& key, const nlohmann::json& before,
                     const nlohmann::json& after) {
    const Table* table = table_named(name);
    if (table == nullptr) return "no table " + name;
    auto& rows = copy_[name];
    if (change == "load") {
      rows = rows_of(connection, *table);
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

  std::string difference(Connection& connection) {
    for (const Table* table : tables()) {
      const auto stored = rows_of(connection, *table);
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

  std::string name_;
  std::map<std::string, Rows> copy_;  // by table
  std::set<std::string> loaded_;      // of them, since catch_up() was called
  std::int64_t last_ = 0;
};

}  // namespace nbasync::testing
