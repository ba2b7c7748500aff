#include "event/loop.hpp"

#include <exception>
#include <system_error>
#include <thread>
#include <utility>

#include "base/blocked_signals.hpp"
#include "base/error.hpp"

namespace nbasync {
namespace {

void check(int result, const char* what) {
  if (result < 0) {
    throw Error(Errc::kInternal, std::string("event loop: ") + what + ": " + uv_strerror(result));
  }
}

}  // namespace

Loop::Loop() {
  check(uv_loop_init(&loop_), "init");
  wake_ = std::make_unique<Handle<uv_async_t>>(this);
  check(uv_async_init(&loop_, wake_->get(),
                      [](uv_async_t* async) {
                        auto* loop = static_cast<Loop*>(async->data);
                        loop->guard([loop] { loop->run_posted(); });
                      }),
        "async");
  link_ = std::make_shared<Link>();
  link_->loop = this;
}

Loop::~Loop() {
  {
    const std::lock_guard lock(link_->mutex);
    link_->loop = nullptr;
  }
  posted_.clear();  // what they own may be handles of this loop
  wake_.reset();
  uv_run(&loop_, UV_RUN_DEFAULT);  // lets closed handles go
  uv_loop_close(&loop_);
}

void Loop::run() {
  uv_run(&loop_, UV_RUN_DEFAULT);
  if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
}

void Loop::stop() { uv_stop(&loop_); }

void Loop::stop_when_idle() {
  stop_when_idle_ = true;
  if (jobs_ == 0) stop();
}

void Loop::job_ended(const std::function<void()>& done) {
  --jobs_;
  guard(done);
  if (stop_when_idle_ && jobs_ == 0) stop();
}

void Loop::submit(std::function<void()> work, std::function<void()> done) {
  const auto job = [link = link_, work = std::move(work), done]() mutable {
    work();
    work = nullptr;
    const std::lock_guard lock(link->mutex);
    if (link->loop != nullptr) link->loop->post(std::move(done));
  };
  try {
    const BlockedSignals blocked;
    std::thread(job).detach();
  } catch (const std::system_error&) {  // there are too many in this process or unit
    post(std::move(done));
  }
}

void Loop::post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(task));
  }
  uv_async_send(wake_->get());
}

void Loop::run_posted() {
  std::vector<std::function<void()>> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(posted_);
  }
  for (auto& task : tasks) guard(task);
}

void Loop::keep_exception() noexcept {
  if (!exception_) exception_ = std::current_exception();
  stop();
}

}  // namespace nbasync
