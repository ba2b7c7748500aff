#include "copy/kept_snapshot.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/scratch_file.hpp"
#include "copy/file_digest.hpp"
#include "copy/snapshot.hpp"
#include "db/sqlite_connection.hpp"
#include "store/declared_tables.hpp"

namespace nbasync {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kBegin = "nbasync-";
constexpr std::string_view kPart = ".part";  // behind a hidden name, while it is written
constexpr const char* kMadeBy = "nbasyncd";
constexpr std::chrono::hours kAbandoned{1};

// A file under a name of its own, until it has its own; goes if it does not come so far.
class Part {
 public:
  explicit Part(const fs::path& path)
      : path_(path), part_(path.parent_path() / format(".{}{}", path.filename().string(), kPart)) {}
  ~Part() {
    std::error_code ignored;
    if (!part_.empty()) fs::remove(part_, ignored);
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  std::string name() const { return part_.string(); }

  void flush() const {
    const UniqueFd file(::open(part_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file || ::fsync(file.get()) != 0) throw_of_file(part_.string(), errno);
  }
  void keep() {
    if (std::rename(part_.c_str(), path_.c_str()) != 0) throw_of_file(path_.string(), errno);
    part_.clear();
  }

 private:
  fs::path path_;
  fs::path part_;
};

UniqueFd open_directory(const fs::path& path) {
  if (::mkdir(path.c_str(), 0750) != 0 && errno != EEXIST) throw_of_file(path.string(), errno);
  UniqueFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory) throw_of_file(path.string(), errno);
  return directory;
}

std::string name_at(SystemTime now) {
  auto text = format_utc(now);  // 2026-01-15T12:00:00Z
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return format("{}{}", kBegin, text);
}

json rows_of(const std::string& path, const std::stop_token& stop) {
  SqliteConnection snapshot(path, {});
  auto rows = json::object();
  for (const auto& table : declared::whole_tables()) {
    snapshot.each(
        format("SELECT count(*) FROM {}", table.name), {},
        [&](const Row& row) { rows[std::string(table.name)] = to_integer(row[0]); }, stop);
  }
  return rows;
}

void write_text(const std::string& path, const std::string& text) {
  UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
  if (!file) throw_of_file(path, errno);
  const auto size = static_cast<ssize_t>(text.size());
  if (::write(file.get(), text.data(), text.size()) != size) throw_of_file(path, ENOSPC);
}

// Whether the file is one that tells of a snapshot of ours.
bool tells_of_ours(const fs::path& path) {
  std::ifstream file(path);
  const auto told = json::parse(file, nullptr, false);
  return told.is_object() && told.value("made_by", json()) == kMadeBy &&
         told.value("file", json()) == path.stem().string() + ".db";
}

void remove_abandoned(const fs::path& directory) {
  std::error_code ignored;
  const auto begun = fs::file_time_type::clock::now() - kAbandoned;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    const auto name = entry.path().filename().string();
    const bool is_part = name.starts_with(format(".{}", kBegin)) && name.find(kPart) != name.npos;
    if (is_part && entry.last_write_time(ignored) < begun) fs::remove(entry.path(), ignored);
  }
}

std::vector<std::string> remove_old(const KeptSnapshots& where) {
  std::vector<fs::path> told;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(where.directory, ignored)) {
    const auto& path = entry.path();
    const bool is_named = path.filename().string().starts_with(kBegin);
    if (is_named && path.extension() == ".json" && tells_of_ours(path)) told.push_back(path);
  }
  std::ranges::sort(told, std::greater<>());  // the name is the time
  std::vector<std::string> removed;
  for (auto i = where.keep; i < told.size(); ++i) {
    const auto file = fs::path(told[i]).replace_extension(".db");
    fs::remove(file, ignored);
    if (!fs::exists(file, ignored)) fs::remove(told[i], ignored);
    removed.push_back(file.string());
  }
  return removed;
}

}  // namespace

KeptSnapshot keep_snapshot(Connection& connection, const KeptSnapshots& where, SystemTime now,
                           const std::stop_token& stop) {
  const auto directory = open_directory(where.directory);
  remove_abandoned(where.directory);
  const auto name = name_at(now);
  const auto path = where.directory / (name + ".db");
  Part file(path);
  Part told(where.directory / (name + ".json"));
  write_snapshot(connection, file.name(), stop);
  file.flush();
  KeptSnapshot made{path.string(), fs::file_size(file.name()), {}};
  const json text = {{"made_by", kMadeBy},
                     {"version", where.version},
                     {"file", name + ".db"},
                     {"time", format_utc(now)},
                     {"season", where.season},
                     {"bytes", made.bytes},
                     {"rows", rows_of(file.name(), stop)},
                     {"sha256", sha256_of(file.name())}};
  write_text(told.name(), text.dump(2) + '\n');
  told.flush();
  if (stop.stop_requested()) throw Error(Errc::kCancelled, "the snapshot was broken off");
  told.keep();
  file.keep();
  ::fsync(directory.get());
  made.removed = remove_old(where);
  return made;
}

}  // namespace nbasync
