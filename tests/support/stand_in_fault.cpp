#include "support/stand_in_fault.hpp"

#include <array>
#include <charconv>
#include <stdexcept>

#include "base/format.hpp"
#include "support/gzip.hpp"
#include "support/stand_in_json.hpp"

namespace nbasync::testing {
namespace {

using Exchange = StandInExchange;

constexpr std::string_view kHtml = "<html><body>Access Denied</body></html>";
constexpr std::string_view kOkHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const std::pair<std::string, std::string> kGzipped{"Content-Encoding", "gzip"};

int number(std::string_view text, int otherwise) {
  int value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::size_t mebibytes(std::string_view text, int otherwise) {
  return static_cast<std::size_t>(number(text, otherwise)) << 20;
}

std::string_view before_colon(std::string_view text) { return text.substr(0, text.find(':')); }
std::string after_colon(std::string_view text) {
  const auto at = text.find(':');
  if (at == std::string_view::npos) throw std::invalid_argument(format("{}: no ':'", text));
  return std::string(text.substr(at + 1));
}

void repeat(Exchange& exchange, std::string_view piece) {
  while (exchange.send(piece)) {
  }
}

void drip(Exchange& exchange, std::string_view argument) {
  const std::chrono::milliseconds pause{number(argument, 5)};
  exchange.send(format("{}Content-Length: {}\r\n\r\n", kOkHead, exchange.body().size()));
  std::string_view rest = exchange.body();
  while (!rest.empty() && exchange.send(rest.substr(0, 1))) {
    rest.remove_prefix(1);
    if (!exchange.wait(pause)) break;
  }
  exchange.send(rest);
}

void truncated(Exchange& exchange, std::string_view) {
  exchange.send(format("{}Content-Length: {}\r\n\r\n{}", kOkHead, exchange.body().size() + 1000,
                       exchange.body()));
}

void large(Exchange& exchange, std::string_view argument) {
  const std::size_t size = mebibytes(argument, 64);
  exchange.send(format("{}Content-Length: {}\r\n\r\n{{", kOkHead, size));
  const std::string spaces(1 << 20, ' ');
  for (std::size_t sent = 1; sent < size; sent += spaces.size()) {
    if (!exchange.send(std::string_view(spaces).substr(0, size - sent))) return;
  }
}

// One row of the table of faults.
struct Kind {
  std::string_view name;
  std::string_view argument;
  void (*act)(Exchange&, std::string_view argument);
};

constexpr std::array kKinds = {
    // What goes wrong on the way.
    Kind{"hang", "",
         [](Exchange& e, std::string_view) {
           e.wait(std::nullopt);
           e.answer_well();
         }},
    Kind{"drip", "[MS between bytes]", drip},
    Kind{"reset", "", [](Exchange& e, std::string_view) { e.reset(); }},
    Kind{"close", "", [](Exchange&, std::string_view) {}},
    Kind{"truncated", "", truncated},
    Kind{"garbage", "", [](Exchange& e, std::string_view) { e.send("\x16\x03garbage\r\n\r\n"); }},
    // What the host answers instead.
    Kind{"status", "CODE",
         [](Exchange& e, std::string_view argument) {
           e.answer(number(argument, 500), R"({"Message":"An error has occurred."})");
         }},
    Kind{"html", "[CODE]",
         [](Exchange& e, std::string_view argument) {
           e.answer(number(argument, 200), kHtml, {{"Content-Type", "text/html"}});
         }},
    Kind{"retry-after", "SECONDS or DATE",
         [](Exchange& e, std::string_view argument) {
           e.answer(429, "", {{"Retry-After", std::string(argument)}});
         }},
    Kind{"no-content", "", [](Exchange& e, std::string_view) { e.answer(204, ""); }},
    Kind{"empty", "", [](Exchange& e, std::string_view) { e.answer(200, ""); }},
    Kind{"body", "TEXT", [](Exchange& e, std::string_view argument) { e.answer(200, argument); }},
    Kind{"header", "NAME:VALUE",
         [](Exchange& e, std::string_view argument) {
           e.answer(200, e.body(),
                    {{std::string(before_colon(argument)), std::string(after_colon(argument))}});
         }},
    Kind{"redirect", "URL",
         [](Exchange& e, std::string_view argument) {
           e.answer(302, "", {{"Location", std::string(argument)}});
         }},
    Kind{"redirect-loop", "",
         [](Exchange& e, std::string_view) {
           e.answer(302, "", {{"Location", e.request().target}});
         }},
    // What is too much.
    Kind{"large", "[MIB]", large},
    Kind{"gzip", "",
         [](Exchange& e, std::string_view) { e.answer(200, gzip(e.body()), {kGzipped}); }},
    Kind{"bad-gzip", "",
         [](Exchange& e, std::string_view) { e.answer(200, e.body(), {kGzipped}); }},
    Kind{"gzip-bomb", "[MIB]",
         [](Exchange& e, std::string_view argument) {
           e.answer(200, gzip("{", mebibytes(argument, 64)), {kGzipped});
         }},
    Kind{"header-flood", "",
         [](Exchange& e, std::string_view) {
           e.send(kOkHead);
           repeat(e, "X-Flood: " + std::string(200, 'x') + "\r\n");
         }},
    Kind{"interim-flood", "",
         [](Exchange& e, std::string_view) { repeat(e, "HTTP/1.1 100 Continue\r\n\r\n"); }},
    // What the JSON says.
    Kind{"rename", "OLD:NEW",
         [](Exchange& e, std::string_view argument) {
           e.answer(200, rename_column(e.body(), before_colon(argument), after_colon(argument)));
         }},
    Kind{"drop", "COLUMN",
         [](Exchange& e, std::string_view argument) {
           e.answer(200, drop_column(e.body(), argument));
         }},
    Kind{"cell", "COLUMN:RAW",
         [](Exchange& e, std::string_view argument) {
           e.answer(200, set_cells(e.body(), before_colon(argument), after_colon(argument)));
         }},
    Kind{"no-rows", "",
         [](Exchange& e, std::string_view) { e.answer(200, without_rows(e.body())); }},
    Kind{"tenth", "", [](Exchange& e, std::string_view) { e.answer(200, with_a_tenth(e.body())); }},
    Kind{"no-result-sets", "",
         [](Exchange& e, std::string_view) { e.answer(200, without_result_sets(e.body())); }},
    Kind{"narrow-row", "",
         [](Exchange& e, std::string_view) { e.answer(200, with_narrow_row(e.body())); }},
    Kind{"duplicate-rows", "",
         [](Exchange& e, std::string_view) { e.answer(200, with_duplicate_rows(e.body())); }},
    Kind{"deep", "[DEPTH]",
         [](Exchange& e,
            std::string_view argument) { e.answer(200, deep_json(number(argument, 100'000))); }},
    Kind{"invalid-utf8", "",
         [](Exchange& e, std::string_view) { e.answer(200, with_invalid_utf8(e.body())); }},
};

}  // namespace

Fault named_fault(std::string_view text) {
  Fault fault;
  if (const auto star = text.rfind('*'); star != std::string_view::npos) {
    const std::string_view digits = text.substr(star + 1);
    if (!digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos) {
      fault.times = number(digits, Fault::kAlways);
      text = text.substr(0, star);
    }
  }
  const auto equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  std::string argument;
  if (equals != std::string_view::npos) argument = text.substr(equals + 1);
  for (const auto& kind : kKinds) {
    if (kind.name != name) continue;
    fault.act = [act = kind.act, argument](Exchange& exchange) { act(exchange, argument); };
    return fault;
  }
  throw std::invalid_argument(format("{}: no such fault; there are\n{}", name, fault_help()));
}

std::string fault_help() {
  std::string help;
  for (const auto& kind : kKinds) {
    help += format("  {}{}{}\n", kind.name, kind.argument.empty() ? "" : "=", kind.argument);
  }
  return help;
}

}  // namespace nbasync::testing
