#include "support/screen_marks.hpp"

#include <regex>
#include <stdexcept>

namespace nbasync::testing {
namespace {

// How characters look: bold and faint, and a colour of the text.
struct Attributes {
  bool bold = false;
  bool faint = false;
  std::string colour;

  bool operator==(const Attributes&) const = default;

  void take(const std::string& code) {
    if (code.empty() || code == "0") {
      *this = {};
    } else if (code == "1") {
      bold = true;
    } else if (code == "2") {
      faint = true;
    } else if (code == "22") {
      bold = faint = false;
    } else if (code == "39") {
      colour.clear();
    } else if (code.size() == 2 && code[0] == '3') {
      colour = code;
    } else if (code != "49") {  // nothing of ours has a background
      throw std::runtime_error("the screen has a look that no test expects: " + code);
    }
  }

  std::string mark() const {
    std::string codes = bold ? "1" : "";
    for (const auto& more : {faint ? std::string("2") : "", colour}) {
      if (!more.empty()) codes += (codes.empty() ? "" : ";") + more;
    }
    return "<" + (codes.empty() ? "0" : codes) + ">";
  }
};

}  // namespace

std::string marked(const std::string& captured) {
  const std::regex sequence("\x1b\\[([0-9;]*)m");
  const std::regex code("[^;]*");
  std::string result;
  Attributes look;
  Attributes shown;
  for (auto at = captured.begin(); at != captured.end();) {
    std::smatch match;
    if (std::regex_search(at, captured.end(), match, sequence,
                          std::regex_constants::match_continuous)) {
      const auto codes = match[1].str();
      for (std::sregex_iterator one(codes.begin(), codes.end(), code), end; one != end; ++one) {
        if (one->length() > 0 || codes.empty()) look.take(one->str());
      }
      at = match[0].second;
      continue;
    }
    if (*at == '\n') result.erase(result.find_last_not_of(' ') + 1);
    const auto wanted = *at == '\n' ? Attributes{} : *at == ' ' ? shown : look;
    if (wanted != shown) result += wanted.mark();
    shown = wanted;
    result += *at++;
  }
  return result;
}

}  // namespace nbasync::testing
