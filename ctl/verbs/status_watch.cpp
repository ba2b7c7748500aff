#include "ctl/verbs/status_watch.hpp"

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "base/format.hpp"
#include "ctl/verbs/interrupt.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/view/status_text.hpp"
#include "ctl/view/text.hpp"
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

  void draw() {
    const auto text = status_text(context_.client.page(kPageRuns).value, context_.clock.wall(),
                                  context_.out_terminal);
    context_.out << "\x1b[H" << page(text, context_.out_terminal.height) << "\x1b[J" << std::flush;
  }

 private:
  Context& context_;
};

// Prints a status that differs from the one before in more than its age.
class Log {
 public:
  explicit Log(Context& context) : context_(context) {}

  void print() {
    const auto status = context_.client.status();
    auto compared = status.value;
    for (auto& dataset : compared.datasets) dataset.age_seconds.reset();
    if (compared == last_) return;
    if (context_.json) {
      print_json_line(context_, status.json);
    } else {
      context_.out << (last_ ? "\n" : "")
                   << status_text(status.value, context_.clock.wall(), context_.out_terminal)
                   << std::flush;
    }
    last_ = std::move(compared);
  }

 private:
  Context& context_;
  std::optional<Status> last_;
};

template <typename Show>
void show_until_stopped(Context& context, const Interrupt& interrupt, const Show& show) {
  show();
  context.client.follow({.run_id = "",
                         .stop_fd = interrupt.fd(),
                         .on_event = [&](const Event&) { show(); },
                         .on_tick = show});
}

}  // namespace

int watch_status(Context& context) {
  context.client.listen();
  const Interrupt interrupt;
  if (context.out_terminal.is_terminal && !context.json) {
    Screen screen(context);
    show_until_stopped(context, interrupt, [&] { screen.draw(); });
  } else {
    Log log(context);
    show_until_stopped(context, interrupt, [&] { log.print(); });
  }
  return interrupt.signal() == SIGTERM ? protocol::kExitDone : 128 + SIGINT;
}

}  // namespace nbasync::ctl
