#pragma once

#include <string>
#include <vector>

#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A terminal that tmux emulates, with a command of the shell in it.
class EmulatedTerminal {
 public:
  struct Size {
    int columns;
    int lines;
  };

  // environment: all that the command has besides PATH and TERM, as "LANG=C". Throws
  // std::runtime_error if tmux does not start.
  EmulatedTerminal(Size size, const std::vector<std::string>& environment,
                   const std::string& command);
  EmulatedTerminal(const EmulatedTerminal&) = delete;
  EmulatedTerminal& operator=(const EmulatedTerminal&) = delete;
  ~EmulatedTerminal();

  // Until the command has set this title of the terminal: what it wrote before is on the screen.
  // False at a ceiling of 30 s.
  bool wait_for_title(const std::string& title) const;

  // What is on the screen, without blanks at the ends of lines and empty lines at the end. colours:
  // with them, as <32>green<0>.
  std::string screen(bool colours) const;

 private:
  std::string tmux(std::vector<std::string> words) const;

  TemporaryDirectory directory_;
};

}  // namespace nbasync::testing
