#pragma once

#include <string>
#include <string_view>

// Pieces of a manual page in mdoc(7).
namespace nbasync::mdoc {

// As the argument of a macro, in one word.
std::string quoted(std::string_view text);

// As one line of text.
std::string line(std::string_view text);

// As lines of text, a sentence each.
std::string lines(std::string_view text);

// Around the items of a list.
std::string list(const std::string& items);

// ".It MACRO "head" Pq note", and the text beneath it. Without a note: none.
std::string item(std::string_view macro, std::string_view head, std::string_view note,
                 const std::string& text);

}  // namespace nbasync::mdoc
