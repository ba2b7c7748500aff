#pragma once

#include <string>

namespace nbasync::testing {

// What tmux captures with its escape sequences (ECMA-48, SGR), with a mark before each character
// from which on it looks otherwise: <1> is bold, <2;31> faint and red, <0> as usual. Each line
// begins as usual, and spaces have no look of their own, so that it is the same whichever version
// of tmux has captured it.
std::string marked(const std::string& captured);

}  // namespace nbasync::testing
