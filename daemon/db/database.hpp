#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "db/connection.hpp"
#include "db/content_version.hpp"

namespace nbasync {

// The version of the tables: of a database that has all that this program needs; 0.1 can work with
// it. The predecessor's files have 0.
inline constexpr int kSchemaVersion = 2;

// The one owner of the database, whatever engine it is: whoever reads or writes it got the
// connection here. Any thread.
class Database {
 public:
  virtual ~Database() = default;

  // A connection of its own for one thread at a time; a reader never waits for a writer, and sees
  // the database as it was when its SELECT began. `busy_timeout`: how long it waits for others,
  // instead of the options'. Blocking. Throws Error.
  virtual std::unique_ptr<Connection> connect_writer(
      std::optional<std::chrono::milliseconds> busy_timeout) const = 0;
  std::unique_ptr<Connection> connect_writer() const { return connect_writer(std::nullopt); }
  virtual std::unique_ptr<Connection> connect_reader() const = 0;

  // `prepare` is given a connection that writes to what the database is, now, and to what takes its
  // place later, before anybody else works with it; `look` the same one within this call, after
  // that: to open another takes longer than what it is asked. Blocking. Throws Error.
  using Prepare = std::function<void(Connection&, const std::stop_token&)>;
  using Look = std::function<void(Connection&)>;
  virtual void prepare(Prepare prepare, const Look& look) = 0;
  void prepare(Prepare work) {
    prepare(std::move(work), [](Connection&) {});
  }

  // Told, on the thread that found out, that something else has taken the database's place, or
  // could not be opened: one sentence for people. Instead of the observer before; null for none.
  virtual void observe(std::function<void(const std::string&)> observer) = 0;

  // For messages: its path, or its address without secrets.
  virtual const std::string& name() const = 0;

  // Equal: what is stored is the same. Any thread, never blocking. nullopt: it cannot be told.
  virtual std::optional<ContentVersion> version() const { return std::nullopt; }

  // Reads the whole file, if nobody has done that; else who is first to write does, and does not
  // write if it is damaged. It may take seconds. Throws Error. Nothing to do for a server.
  virtual void check(const std::stop_token&) const {}

  // What is wrong with the file that is in use, as far as it was read. Never blocking.
  virtual std::optional<Error> damage() const { return std::nullopt; }
};

}  // namespace nbasync
