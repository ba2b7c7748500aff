#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <map>
#include <string>

#include "query/question.hpp"
#include "store/prepared.hpp"

namespace nbasync {

// A connection that can only read. In WAL mode it never waits for the writer, and sees the database
// as it was when its SELECT began. Blocking; one thread at a time. Throws Error(kStorage…).
class Reader {
 public:
  Reader(const std::string& path, std::chrono::milliseconds busy_timeout);

  QueryAnswer answer(const Question& question);

 private:
  Prepared& prepared(const std::string& sql);

  std::string path_;
  std::chrono::milliseconds busy_timeout_;
  SQLite::Database db_;
  std::map<std::string, Prepared, std::less<>> statements_;  // by their text
};

}  // namespace nbasync
