#include "ctl/verbs/watched_screen.hpp"

#include <csignal>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string_view>
#include <utility>

#include "base/format.hpp"
#include "ctl/verbs/interrupt.hpp"
#include "ctl/verbs/print.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

// As much of a page as fits: the terminal must not scroll, as it is drawn from its top again.
std::string page(std::string_view text, std::size_t height) {
  std::string lines;
  for (std::size_t line = 1; !text.empty() && (height == 0 || line < height); ++line) {
    const auto end = text.find('\n');
    lines += format("{}\x1b[K\n", text.substr(0, end));  // and erase what stood behind
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// A terminal's other screen, as less and top use it; the first one comes back at the end.
class Screen {
 public:
  explicit Screen(Context& context) : context_(context) {
    context_.out << "\x1b[?1049h\x1b[?25l";  // and without a cursor
  }
  ~Screen() { context_.out << "\x1b[?25h\x1b[?1049l" << std::flush; }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  void show(const Watched::State& state) {
    context_.out << "\x1b[H" << page(state.text, context_.out_terminal.height) << "\x1b[J"
                 << std::flush;
  }

 private:
  Context& context_;
};

// Prints a state that differs from the one before.
class Log {
 public:
  explicit Log(Context& context) : context_(context) {}

  void show(const Watched::State& state) {
    if (state.compared == last_) return;
    if (context_.json) {
      print_json_line(context_, state.json);
    } else {
      context_.out << (last_ ? "\n" : "") << state.text << std::flush;
    }
    last_ = state.compared;
  }

 private:
  Context& context_;
  std::optional<std::string> last_;
};

template <typename Place>
void show_until_stopped(Context& context, const Watched& watched, const Interrupt& interrupt) {
  Place place(context);
  const auto show = [&] { place.show(watched.look()); };
  show();
  context.client.follow({.run_id = "",
                         .stop_fd = interrupt.fd(),
                         .on_event = [&](const Event&) { show(); },
                         .on_tick = show});
}

}  // namespace

int watch_screen(Context& context, const Watched& watched) {
  context.client.listen();
  const Interrupt interrupt;
  if (context.out_terminal.is_terminal && !context.json) {
    show_until_stopped<Screen>(context, watched, interrupt);
  } else {
    show_until_stopped<Log>(context, watched, interrupt);
  }
  return interrupt.signal() == SIGTERM ? protocol::kExitDone : 128 + SIGINT;
}

}  // namespace nbasync::ctl
