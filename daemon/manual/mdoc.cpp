#include "manual/mdoc.hpp"

namespace nbasync::mdoc {
namespace {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '"') {
      result += "\\(dq";
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace

std::string quoted(std::string_view text) { return '"' + escaped(text) + '"'; }

std::string line(std::string_view text) {
  // What begins a line is no macro.
  const bool is_guarded = text.starts_with('.') || text.starts_with('\'');
  return (is_guarded ? "\\&" : "") + escaped(text) + '\n';
}

std::string lines(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto end = text.find(". ");
    result += line(text.substr(0, end == text.npos ? end : end + 1));
    text.remove_prefix(end == text.npos ? text.size() : end + 2);
  }
  return result;
}

std::string list(const std::string& items) {
  return items.empty() ? items : ".Bl -tag -width Ds -compact\n" + items + ".El\n";
}

std::string item(std::string_view macro, std::string_view head, std::string_view note,
                 const std::string& text) {
  std::string result = ".It ";
  result += macro;
  result += ' ' + quoted(head);
  if (!note.empty()) result += " Pq " + quoted(note);
  return result + '\n' + text;
}

}  // namespace nbasync::mdoc
