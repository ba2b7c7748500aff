#include "copy/snapshot.hpp"

#include <fcntl.h>

#include <cerrno>
#include <filesystem>

#include "base/error.hpp"
#include "base/scratch_file.hpp"
#include "copy/table_copy.hpp"
#include "db/file_database.hpp"
#include "postgres/postgres_connection.hpp"
#include "store/schema.hpp"

namespace nbasync {
namespace {

// What fails leaves nothing.
class NewFile {
 public:
  explicit NewFile(const std::string& path) : path_(path) {}
  ~NewFile() {
    if (kept_) return;
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm", "-journal"}) {
      std::filesystem::remove(path_ + end, ignored);
    }
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void keep() { kept_ = true; }

 private:
  const std::string& path_;
  bool kept_ = false;
};

// So that a directory that is not there, or may not be written, is told as what it is. SQLite takes
// an empty file.
void make_empty(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  if (!file) throw_of_file(path, errno);
}

// A connection that reads may write nothing, not even elsewhere, unless it is told so.
void vacuum_into(Connection& file, const std::string& path, const std::stop_token& stop) {
  const Value values[] = {path};
  file.run("PRAGMA query_only = OFF", {}, stop);
  file.run("VACUUM INTO $1", values, stop);
  file.run("PRAGMA query_only = ON", {}, stop);
}

// First as a database that is written, then as one that is taken away.
void copy_from(PostgresConnection& server, const std::string& path, const std::stop_token& stop) {
  const std::string filled = path + ".filled";
  const NewFile gone(filled);
  const FileDatabase database(filled);
  const auto file = database.connect_writer();
  bring_up_to_date(*file, stop);
  TableCopy copy(side_of_server(server, "the database", stop), side_of_file(*file, filled, stop),
                 stop);
  const auto read = [&] {
    server.freeze(stop);
    copy.fill();
  };
  const auto work = [&] {
    server.transaction(read, stop);
    copy.verify();
    copy.finish();
  };
  file->transaction(work, stop);
  vacuum_into(*file, path, stop);
}

}  // namespace

void write_snapshot(Connection& connection, const std::string& path, const std::stop_token& stop) {
  make_empty(path);
  NewFile written(path);
  try {
    switch (connection.kind()) {
      case DatabaseKind::kFile:
        vacuum_into(connection, path, stop);
        break;
      case DatabaseKind::kPostgres:
        copy_from(dynamic_cast<PostgresConnection&>(connection), path, stop);
        break;
    }
  } catch (const Error& error) {  // it names the database that was read, or a file for a while
    if (error.code() == Errc::kStorageFull) throw_of_file(path, ENOSPC);
    throw;
  }
  written.keep();
}

}  // namespace nbasync
