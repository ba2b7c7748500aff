#include "support/emulated_terminal.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <stdexcept>

#include "support/process.hpp"
#include "support/screen_marks.hpp"

namespace nbasync::testing {
namespace {

std::string shell_quoted(const std::string& text) {
  return "'" + std::regex_replace(text, std::regex("'"), R"('\'')") + "'";
}

}  // namespace

EmulatedTerminal::EmulatedTerminal(Size size, const std::vector<std::string>& environment,
                                   const std::string& command) {
  std::ofstream(directory_.path() / "tmux.conf") << "set -g status off\n"
                                                    "set -g default-terminal screen-256color\n";
  std::string line = "exec env -i PATH=" + shell_quoted(std::getenv("PATH")) + " TERM=$TERM";
  for (const auto& variable : environment) line += " " + shell_quoted(variable);
  line += " sh -c " + shell_quoted(command);
  tmux({"new-session", "-d", "-x", std::to_string(size.columns), "-y", std::to_string(size.lines),
        line});
}

EmulatedTerminal::~EmulatedTerminal() {
  try {
    tmux({"kill-server"});
  } catch (const std::exception&) {  // it has ended
  }
}

std::string EmulatedTerminal::tmux(std::vector<std::string> words) const {
  const auto folder = directory_.path();
  const std::vector<std::string> program{
      "env", "LC_ALL=C.UTF-8", "tmux", "-S", folder / "socket", "-f", folder / "tmux.conf"};
  words.insert(words.begin(), program.begin(), program.end());
  Process process(words);
  if (process.wait() != 0) throw std::runtime_error("tmux: " + process.err());
  return process.out();
}

bool EmulatedTerminal::wait_for_title(const std::string& title) const {
  const auto until = std::chrono::steady_clock::now() + Process::kCeiling;
  while (std::chrono::steady_clock::now() < until) {
    if (tmux({"display-message", "-p", "#{pane_title}"}) == title + "\n") return true;
  }
  return false;
}

std::string EmulatedTerminal::screen(bool colours) const {
  auto text = colours ? marked(tmux({"capture-pane", "-p", "-e"})) : tmux({"capture-pane", "-p"});
  text = std::regex_replace(text, std::regex(" +\n"), "\n");
  text.erase(text.find_last_not_of('\n') + 1);
  return text + '\n';
}

}  // namespace nbasync::testing
