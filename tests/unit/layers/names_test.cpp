#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

// Two types of one name are one to the linker, whichever header a file includes: of two functions
// of theirs with one name it keeps one, and says nothing.

namespace nbasync {
namespace {

namespace fs = std::filesystem;

// Of each type that a header defines in a namespace, with that: the headers.
std::map<std::string, std::set<std::string>> read_types() {
  static const std::regex type(R"(^(?:enum class|struct|class|union|enum) (\w+)\b(?!<)[^;]*$)");
  static const std::regex begin(R"(^namespace ([\w:]+) \{)");
  static const std::regex end(R"(^\}  // namespace)");
  std::map<std::string, std::set<std::string>> types;
  const fs::path root = NBASYNC_SOURCE_DIR;
  for (const auto* top : {"daemon", "ctl"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      if (entry.path().extension() != ".hpp") continue;
      std::vector<std::string> inside;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        std::smatch match;
        if (std::regex_search(line, match, begin)) {
          inside.push_back(match[1]);
        } else if (std::regex_search(line, end)) {
          inside.pop_back();
        } else if (!inside.empty() && std::regex_search(line, match, type)) {
          std::string name;
          for (const auto& space : inside) name += space + "::";
          types[name + match[1].str()].insert(fs::relative(entry.path(), root));
        }
      }
    }
  }
  return types;
}

TEST(NamesTest, NoTwoHeadersDefineATypeOfOneName) {
  const auto types = read_types();
  EXPECT_GT(types.size(), 200U) << "the test reads the wrong folder";
  for (const auto& [name, headers] : types) {
    EXPECT_EQ(headers.size(), 1U) << name << ": " << *headers.begin() << ", " << *headers.rbegin();
  }
}

}  // namespace
}  // namespace nbasync
