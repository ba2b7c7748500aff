#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

// Reads every #include of the daemon and the client, and holds it against the layer table that
// CMake has written from the calls of nbasync_library().

namespace nbasync {
namespace {

namespace fs = std::filesystem;
using Words = std::set<std::string, std::less<>>;

struct Table {
  std::map<std::string, Words> may_include;  // by folder
  std::map<std::string, Words> homes;        // by first part of a third-party header: its folders
};

// Lines "folder: layer layer | header header".
Table read_table() {
  Table table;
  std::ifstream file(NBASYNC_LAYER_TABLE);
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find(": ");
    const auto bar = line.find('|');
    const std::string folder = line.substr(0, colon);
    std::istringstream layers(line.substr(colon + 1, bar - colon - 1));
    std::istringstream headers(line.substr(bar + 1));
    auto& row = table.may_include[folder];
    for (std::string word; layers >> word;) row.insert(word);
    for (std::string word; headers >> word;) table.homes[word].insert(folder);
  }
  return table;
}

struct Include {
  fs::path file;
  std::string folder;
  std::string header;
  bool quoted;
};

// As the table names it: "net" for daemon/net, and "ctl/view" for ctl/view.
std::string folder_of(const fs::path& file) {
  const auto folder = file.parent_path();
  return *folder.begin() == "daemon" ? fs::relative(folder, "daemon") : folder;
}

std::vector<Include> read_includes() {
  static const std::regex form(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
  std::vector<Include> includes;
  const fs::path root = NBASYNC_SOURCE_DIR;
  for (const auto* top : {"daemon", "ctl"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      const auto folder = folder_of(fs::relative(entry.path(), root));
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        std::smatch match;
        if (!std::regex_search(line, match, form)) continue;
        includes.push_back({fs::relative(entry.path(), root), folder, match[2], match[1] == "\""});
      }
    }
  }
  return includes;
}

// The C++ library's headers have no dot; the C library's and the kernel's stand in known folders.
bool is_system(const std::string& header) {
  if (header.find('.') == std::string::npos) return true;
  const auto slash = header.find('/');
  if (slash == std::string::npos) return header.ends_with(".h");
  static const Words folders{"sys", "linux", "net", "netinet", "arpa"};
  return folders.contains(header.substr(0, slash));
}

// Not manual pages, and not a folder that git has left behind.
bool holds_sources(const fs::path& folder) {
  return std::ranges::any_of(fs::directory_iterator(folder), [](const auto& entry) {
    return entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp";
  });
}

TEST(LayersTest, TableHasEveryFolder) {
  const auto table = read_table();
  const fs::path root = NBASYNC_SOURCE_DIR;
  for (const auto* top : {"daemon", "ctl"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      if (!entry.is_directory() || !holds_sources(entry)) continue;
      const auto folder = folder_of(fs::relative(entry.path(), root) / "file");
      EXPECT_TRUE(table.may_include.contains(folder)) << folder;
    }
  }
}

TEST(LayersTest, NoFileIncludesAFolderThatItsLayerMayNot) {
  const auto table = read_table();
  int seen = 0;
  for (const auto& include : read_includes()) {
    if (!include.quoted) continue;
    const auto target = fs::path(include.header).parent_path().string();
    if (target == include.folder || !table.may_include.contains(target)) continue;
    ++seen;
    EXPECT_TRUE(table.may_include.at(include.folder).contains(target))
        << include.file << " includes \"" << include.header << "\", but " << include.folder
        << "/ may not include " << target << "/: see the layer table in daemon/CMakeLists.txt";
  }
  EXPECT_GT(seen, 50) << "the test reads the wrong folder";
}

TEST(LayersTest, ThirdPartyHeadersStayInTheirHome) {
  const auto table = read_table();
  int seen = 0;
  for (const auto& include : read_includes()) {
    if (include.quoted) continue;
    const auto first = include.header.substr(0, include.header.find('/'));
    const auto home = table.homes.find(first);
    if (home == table.homes.end()) {
      EXPECT_TRUE(is_system(include.header))
          << include.file << " includes <" << include.header
          << ">, which has no home: give it one with HOME_OF in daemon/CMakeLists.txt";
      continue;
    }
    ++seen;
    EXPECT_TRUE(home->second.contains(include.folder))
        << include.file << " includes <" << include.header << ">, whose home is "
        << *home->second.begin() << "/";
  }
  EXPECT_GT(seen, 10) << "the test reads the wrong folder";
}

}  // namespace
}  // namespace nbasync
