#include "event/signals.hpp"

#include <utility>

namespace nbasync {

struct Signals::Entry {
  Entry(Loop& owner, std::function<void()> on_signal)
      : loop(owner), handler(std::move(on_signal)), handle(this) {}

  Loop& loop;
  std::function<void()> handler;
  Handle<uv_signal_t> handle;
};

Signals::Signals(Loop& loop) : loop_(loop) {}

Signals::~Signals() = default;

void Signals::on(int signal, std::function<void()> handler) {
  auto& entry = *entries_.emplace_back(std::make_unique<Entry>(loop_, std::move(handler)));
  uv_signal_init(loop_.uv(), entry.handle.get());
  uv_signal_start(
      entry.handle.get(),
      [](uv_signal_t* arrived, int) {
        auto* self = static_cast<Entry*>(arrived->data);
        self->loop.guard(self->handler);
      },
      signal);
}

}  // namespace nbasync
