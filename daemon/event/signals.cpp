#include "event/signals.hpp"

#include <signal.h>

#include <utility>

namespace nbasync {
namespace {

void set_mask(int how, int signal) {
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  ::pthread_sigmask(how, &one, nullptr);
}

}  // namespace

struct Signals::Entry {
  Entry(Loop& owner, int which, std::function<void()> on_signal)
      : loop(owner), signal(which), handler(std::move(on_signal)), handle(this) {}

  Loop& loop;
  int signal;
  std::function<void()> handler;
  Handle<uv_signal_t> handle;
};

Signals::Signals(Loop& loop) : loop_(loop) {}

void Signals::hold(int signal) { set_mask(SIG_BLOCK, signal); }

// libuv gives a signal its default back, which ends the process.
Signals::~Signals() {
  for (const auto& entry : entries_) hold(entry->signal);
}

void Signals::on(int signal, std::function<void()> handler) {
  auto& entry = *entries_.emplace_back(std::make_unique<Entry>(loop_, signal, std::move(handler)));
  uv_signal_init(loop_.uv(), entry.handle.get());
  uv_signal_start(
      entry.handle.get(),
      [](uv_signal_t* arrived, int) {
        auto* self = static_cast<Entry*>(arrived->data);
        self->loop.guard(self->handler);
      },
      signal);
  set_mask(SIG_UNBLOCK, signal);
}

void Signals::on_stop(const std::function<void()>& handler) {
  for (const int signal : {SIGTERM, SIGINT, SIGQUIT}) on(signal, handler);
}

}  // namespace nbasync
