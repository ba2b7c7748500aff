#include "copy/database_copy.hpp"

#include <utility>

#include "store/schema.hpp"

namespace nbasync {

DatabaseCopy::DatabaseCopy(const Database& file, PostgresConnection& server,
                           const std::string& server_name, std::function<std::string()> guard,
                           std::stop_token stop)
    : file_(file.connect_writer()),
      server_(server),
      guard_(std::move(guard)),
      stop_(std::move(stop)),
      file_side_(side_of_file(*file_, file.name(), stop_)),
      server_side_(side_of_server(server, server_name, stop_)) {}

// Its row is locked until the transaction ends, so this comes last: who is stopped in the midst of
// the copy must not keep others from the lock.
void DatabaseCopy::require_lock() { server_.run(guard_(), {}, stop_); }

CopyReport DatabaseCopy::to_server() {
  TableCopy copy(file_side_, server_side_, stop_);
  copy.require_empty();
  bring_up_to_date(*file_, stop_);
  bring_up_to_date(server_, stop_);
  CopyReport report;  // made before anything is committed: after that nothing may fail
  const auto work = [&] {
    copy.require_empty();
    copy.fill();
    copy.verify();
    copy.finish();
    report = copy.report();
    require_lock();
  };
  // The file's is for reading it as it is at one moment.
  file_->transaction([&] { server_.transaction(work, stop_); }, stop_);
  return report;
}

CopyReport DatabaseCopy::to_file() {
  TableCopy copy(server_side_, file_side_, stop_);
  copy.require_empty();
  bring_up_to_date(server_, stop_);
  bring_up_to_date(*file_, stop_);
  CopyReport report;
  const auto read = [&] {
    server_.freeze(stop_);
    copy.fill();
    report = copy.report();
    require_lock();
  };
  const auto work = [&] {
    copy.require_empty();
    server_.transaction(read, stop_);  // ended before the rest, which may take the file a while
    copy.verify();
    copy.finish();
  };
  file_->transaction(work, stop_);
  return report;
}

}  // namespace nbasync
