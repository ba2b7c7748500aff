#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "ctl/app/arguments.hpp"
#include "ctl/app/verb_table.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"

namespace nbasync::testing {

using Words = std::set<std::string>;

// The options of each verb, with their dashes; those of "" go everywhere.
using Options = std::map<std::string, Words>;

inline std::string read_source(const std::string& path) {
  auto text = file_text(std::filesystem::path(NBASYNC_SOURCE_DIR) / path);
  if (text.empty()) throw std::runtime_error("cannot read " + path);
  return text;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// All matches of the form's first group.
inline Words find_all(const std::string& text, const std::string& form) {
  Words words;
  const std::regex regex(form);
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
    words.insert((*match)[1]);
  }
  return words;
}

// What stands between the first `from` and the next `to`.
inline std::string between(const std::string& text, const std::string& from,
                           const std::string& to) {
  const auto begin = text.find(from);
  if (begin == std::string::npos) return "";
  return text.substr(begin + from.size(), text.find(to, begin + from.size()) - begin - from.size());
}

inline Words verbs_of_help() {
  Words words;
  for (const auto& verb : ctl::verbs()) words.emplace(verb.name);
  return words;
}

// As --help tells them, which is written from what the command line is parsed with.
inline Options options_of_help() {
  const auto listed = [](const std::string& list) {
    Words words;
    for (const auto& line : lines_of(list)) {
      if (line.starts_with("  -"))
        words.merge(find_all(line.substr(0, 26), "(--?[a-zA-Z][a-z-]*)"));
    }
    return words;
  };
  Options options;
  options[""] = listed(between(ctl::parse_arguments({"--help"}).help, "Options, ", "Exit status"));
  for (const auto& verb : verbs_of_help()) {
    auto words = listed(between(ctl::parse_arguments({verb, "--help"}).help, "Options:", "And "));
    for (const auto* help : {"-h", "--help"}) words.erase(help);
    options[verb] = words;
  }
  return options;
}

// Runs a checking program to its end: what it printed on both outputs. Empty, with `missing` set,
// if there is no such program here.
struct Checked {
  int status = 0;
  std::string output;
  bool missing = false;
};

inline Checked check(const std::vector<std::string>& command) {
  try {
    Process process(command);
    const auto status = process.wait();
    return {status.value_or(-1000), process.err() + process.out(), false};
  } catch (const std::system_error&) {
    return {0, "", true};
  }
}

inline std::string source_path(const std::string& path) {
  return std::filesystem::path(NBASYNC_SOURCE_DIR) / path;
}

}  // namespace nbasync::testing
